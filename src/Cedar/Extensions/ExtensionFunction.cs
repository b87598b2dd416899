using System.Collections.Immutable;

namespace RestateCloud.Cedar.Extensions;

/// <summary>A function or method of the extension types: its signature and what it does.</summary>
/// <param name="Name">The name as policies write it.</param>
/// <param name="IsMethod">Whether it is called on its first argument.</param>
/// <param name="Parameters">The kinds of its arguments, a method's receiver included.</param>
/// <param name="Result">The kind of its result.</param>
/// <param name="Invoke">
/// Computes the result from arguments of the right number and kinds; <c>default</c> where they have none
/// (a literal that does not parse, an overflow).
/// </param>
internal sealed record ExtensionFunction(
    string Name, bool IsMethod, ImmutableArray<ValueKind> Parameters, ValueKind Result, ExtensionImplementation Invoke)
{
    /// <summary>Whether this makes a value of an extension type from a string: <c>ip</c>, <c>decimal</c>, <c>datetime</c>, <c>duration</c>.</summary>
    public bool IsConstructor => !IsMethod;
}

/// <summary>Arguments are passed apart, not in an array: a call then allocates nothing. A missing second is <c>default</c>.</summary>
internal delegate CedarValue ExtensionImplementation(CedarValue first, CedarValue second);
