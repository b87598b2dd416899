using RestateCloud.Cedar.Json;

namespace RestateCloud.Cedar.Schemas;

/// <summary>
/// A type of the language with all names resolved. Immutable; common types are shared, so that a type may be reached on many
/// ways but is held once. <see cref="object.ToString"/> gives it as schemas write it.
/// </summary>
internal abstract class SchemaType : IExpectedType
{
    /// <summary>
    /// The most parts one type may have when written out in full. Common types that use each other twice double at every step,
    /// so that a short schema could otherwise describe a type no walk would ever finish.
    /// </summary>
    public const int MaxParts = 100_000;

    /// <summary>The deepest nesting of sets, records and names of common types.</summary>
    public const int MaxDepth = 256;

    public abstract ValueKind Kind { get; }

    public virtual IExpectedType? Element => null;

    /// <summary>How many parts the type has when written out in full, itself included.</summary>
    public virtual int Parts => 1;

    public virtual IExpectedType? Field(string name) => null;
}

/// <summary>Longs, strings and the extension types.</summary>
internal sealed class ScalarType : SchemaType
{
    public static readonly ScalarType Long = new(ValueKind.Long, "Long");
    public static readonly ScalarType String = new(ValueKind.String, "String");
    public static readonly ScalarType Decimal = new(ValueKind.Decimal, "decimal");
    public static readonly ScalarType IpAddress = new(ValueKind.IpAddress, "ipaddr");
    public static readonly ScalarType DateTime = new(ValueKind.DateTime, "datetime");
    public static readonly ScalarType Duration = new(ValueKind.Duration, "duration");

    /// <summary>The types of the extensions, by the names schemas use.</summary>
    public static readonly IReadOnlyList<ScalarType> Extensions = [Decimal, IpAddress, DateTime, Duration];

    private readonly string _name;

    private ScalarType(ValueKind kind, string name) => (Kind, _name) = (kind, name);

    public override ValueKind Kind { get; }

    public static SchemaType Of(ValueKind kind) => kind switch
    {
        ValueKind.Bool => BoolType.Any,
        ValueKind.Long => Long,
        ValueKind.String => String,
        ValueKind.Decimal => Decimal,
        ValueKind.IpAddress => IpAddress,
        ValueKind.DateTime => DateTime,
        ValueKind.Duration => Duration,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public override string ToString() => _name;
}

/// <summary>
/// Booleans. The types of <c>true</c> and <c>false</c> alone arise in policies only: they say that a condition always, or
/// never, holds.
/// </summary>
internal sealed class BoolType : SchemaType
{
    public static readonly BoolType Any = new("Bool");
    public static readonly BoolType True = new("true");
    public static readonly BoolType False = new("false");

    private readonly string _name;

    private BoolType(string name) => _name = name;

    public override ValueKind Kind => ValueKind.Bool;

    public static BoolType Of(bool value) => value ? True : False;

    public override string ToString() => _name;
}

/// <summary>References to entities of one type.</summary>
internal sealed class EntityReferenceType(string name) : SchemaType
{
    public override ValueKind Kind => ValueKind.Entity;

    /// <summary>The entity type with its namespace.</summary>
    public string Name => name;

    public override string ToString() => name;
}

internal sealed class SetType(SchemaType element) : SchemaType
{
    public override ValueKind Kind => ValueKind.Set;

    public override SchemaType Element => element;

    public override int Parts { get; } = element.Parts + 1;

    public override string ToString() => $"Set<{element}>";
}
