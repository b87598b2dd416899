using System.Runtime.CompilerServices;
using RestateCloud.Cedar.Extensions;
using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar;

/// <summary>
/// A value of the Cedar language: immutable, 16 bytes, and without allocation for booleans, longs, decimals, datetimes and
/// durations. Values of different kinds are unequal; comparing them is no error.
/// </summary>
public readonly partial struct CedarValue : IEquatable<CedarValue>
{
    // The content itself, or a ScalarTag when the content is the bits.
    private readonly object? _reference;
    private readonly long _bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CedarValue(object reference, long bits = 0)
    {
        _reference = reference;
        _bits = bits;
    }

    /// <summary>The kind of this value.</summary>
    public ValueKind Kind => _reference switch
    {
        null => ValueKind.None,
        ScalarTag tag => tag.Kind,
        string => ValueKind.String,
        EntityUid => ValueKind.Entity,
        SetValue => ValueKind.Set,
        RecordValue => ValueKind.Record,
        _ => ValueKind.IpAddress,
    };

    /// <summary>A boolean.</summary>
    public static implicit operator CedarValue(bool value) => new(ScalarTag.Bool, value ? 1 : 0);

    /// <summary>A long.</summary>
    public static implicit operator CedarValue(long value) => new(ScalarTag.Long, value);

    /// <summary>A string.</summary>
    public static implicit operator CedarValue(string value) => new(value ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>A reference to an entity.</summary>
    public static implicit operator CedarValue(EntityUid value) => new(value ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>A set of these values; duplicates are dropped.</summary>
    public static CedarValue Set(params ReadOnlySpan<CedarValue> elements) => new(SetValue.Of(elements));

    /// <summary>A record of these fields.</summary>
    /// <exception cref="ArgumentException">A name comes twice.</exception>
    public static CedarValue Record(IEnumerable<KeyValuePair<string, CedarValue>> fields) => new(RecordValue.Of(fields));

    /// <inheritdoc/>
    public bool Equals(CedarValue other)
    {
        if (ReferenceEquals(_reference, other._reference)) return _bits == other._bits;
        return _reference switch
        {
            string text => other._reference is string otherText && text == otherText,
            EntityUid uid => other._reference is EntityUid otherUid && uid.Equals(otherUid),
            SetValue set => other._reference is SetValue otherSet && set.Equals(otherSet),
            RecordValue record => other._reference is RecordValue otherRecord && record.Equals(otherRecord),
            IpAddress address => other._reference is IpAddress otherAddress && address.Equals(otherAddress),
            _ => false,
        };
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CedarValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_reference, _bits);

    /// <summary>Whether both are equal as the operator <c>==</c> of the language sees it.</summary>
    public static bool operator ==(CedarValue left, CedarValue right) => left.Equals(right);

    /// <summary>The opposite of <c>==</c>.</summary>
    public static bool operator !=(CedarValue left, CedarValue right) => !left.Equals(right);

    /// <summary>The value as policies write it.</summary>
    public override string ToString() => ValueText.Of(this);

    internal static CedarValue Of(SetValue set) => new(set);

    internal static CedarValue Of(RecordValue record) => new(record);

    internal static CedarValue Of(IpAddress address) => new(address);

    internal static CedarValue OfDecimal(long tenThousandths) => new(ScalarTag.Decimal, tenThousandths);

    internal static CedarValue OfDateTime(long milliseconds) => new(ScalarTag.DateTime, milliseconds);

    internal static CedarValue OfDuration(long milliseconds) => new(ScalarTag.Duration, milliseconds);

    internal bool IsNone => _reference is null;

    internal bool IsBool => ReferenceEquals(_reference, ScalarTag.Bool);

    internal bool IsLong => ReferenceEquals(_reference, ScalarTag.Long);

    /// <summary>Whether this is of a kind with an order: longs, datetimes and durations.</summary>
    internal bool IsOrdered => IsLong || ReferenceEquals(_reference, ScalarTag.DateTime) || ReferenceEquals(_reference, ScalarTag.Duration);

    /// <summary>Whether both are of the same kind, the other being one whose content is its bits.</summary>
    internal bool IsSameScalarKind(in CedarValue other) => ReferenceEquals(_reference, other._reference);

    internal bool IsTrue => IsBool && _bits != 0;

    /// <summary>The 64 bits of a boolean, long, decimal, datetime or duration.</summary>
    internal long Bits => _bits;

    internal string? AsString => _reference as string;

    internal EntityUid? AsEntity => _reference as EntityUid;

    internal SetValue? AsSet => _reference as SetValue;

    internal RecordValue? AsRecord => _reference as RecordValue;

    internal IpAddress? AsIpAddress => _reference as IpAddress;
}
