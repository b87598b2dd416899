using RestateCloud.Cedar.Expressions;

namespace RestateCloud.Cedar.Json;

/// <summary>Names and limits of the JSON policy format (EST).</summary>
internal static class PolicyJsonFormat
{
    /// <summary>Two levels of JSON for each of an expression, and some for the policy and the set around it.</summary>
    public const int MaxDepth = 2 * Expression.MaxHeight + 32;

    public const string Value = "Value";
    public const string Variable = "Var";
    public const string Slot = "Slot";
    public const string Not = "!";
    public const string Negate = "neg";
    public const string Attribute = ".";
    public const string Has = "has";
    public const string Like = "like";
    public const string Is = "is";
    public const string If = "if-then-else";
    public const string Set = "Set";
    public const string Record = "Record";
    public const string Wildcard = "Wildcard";
    public const string Literal = "Literal";
}
