using RestateCloud.Cedar.Schemas;

namespace RestateCloud.Cedar.Validation;

/// <summary>What the checker finds out of an expression.</summary>
/// <param name="Type">Its type; null where a fault is reported already, so that nothing more is said of it.</param>
/// <param name="Known">What is known to be there if it is true.</param>
internal readonly record struct Typed(SchemaType? Type, CapabilitySet Known)
{
    public static readonly Typed Unknown = new(null, CapabilitySet.Empty);

    public static readonly Typed Bool = new(BoolType.Any, CapabilitySet.Empty);

    public bool IsTrue => ReferenceEquals(Type, BoolType.True);

    public bool IsFalse => ReferenceEquals(Type, BoolType.False);

    public static Typed Of(SchemaType? type) => new(type, CapabilitySet.Empty);

    public static Typed Of(bool value) => new(BoolType.Of(value), CapabilitySet.Empty);

    public static Typed Not(Typed operand) =>
        operand.IsTrue ? Of(false) : operand.IsFalse ? Of(true) : Of(operand.Type);

    /// <summary>Of <c>left &amp;&amp; right</c>, where the left is not always false.</summary>
    public static Typed And(Typed left, Typed right)
    {
        if (left.Type is null || right.Type is null) return Unknown;
        if (right.IsFalse) return Of(false);
        if (right.IsTrue) return new Typed(left.Type, left.Known.Union(right.Known));
        return left.IsTrue ? right : new Typed(BoolType.Any, left.Known.Union(right.Known));
    }

    /// <summary>Of <c>left || right</c>, where the left is not always true.</summary>
    public static Typed Or(Typed left, Typed right)
    {
        if (left.Type is null || right.Type is null) return Unknown;
        if (right.IsTrue) return right;
        if (right.IsFalse) return left;
        return left.IsFalse ? right : new Typed(BoolType.Any, left.Known.Intersect(right.Known));
    }
}
