using RestateCloud.Cedar.Expressions;

namespace RestateCloud.Cedar.Validation;

/// <summary>What the language takes for a literal.</summary>
internal static class Literals
{
    /// <summary>
    /// The value of a literal, and of <c>&amp;&amp;</c> and <c>||</c> between literal booleans, which the reference joins into
    /// one when it reads them; <c>default</c> for anything else.
    /// </summary>
    public static CedarValue Of(Expression expression)
    {
        if (expression is LiteralExpression literal) return literal.Value;
        if (expression is not BinaryExpression { Operator: BinaryOperator.And or BinaryOperator.Or } binary) return default;
        var left = Of(binary.Left);
        if (!left.IsBool || Of(binary.Right) is not { IsBool: true } right) return default;
        return binary.Operator == BinaryOperator.And ? left.IsTrue && right.IsTrue : left.IsTrue || right.IsTrue;
    }
}
