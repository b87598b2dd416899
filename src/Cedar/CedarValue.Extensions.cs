using System.Diagnostics.CodeAnalysis;
using RestateCloud.Cedar.Extensions;

namespace RestateCloud.Cedar;

public readonly partial struct CedarValue
{
    /// <summary>An address or range from its text, such as <c>10.0.0.0/8</c> or <c>::1</c>.</summary>
    /// <exception cref="FormatException">The text is neither; IPv4 embedded in IPv6 and leading zeros are not accepted.</exception>
    public static CedarValue IpAddress(string text) =>
        IpAddressLiteral.TryParse(text, out var address) ? Of(address) : throw new FormatException(IpAddressLiteral.Form);

    /// <summary>A decimal with at most four fractional digits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// It has more digits, or is not between -922337203685477.5808 and 922337203685477.5807.
    /// </exception>
    public static CedarValue Decimal(decimal value)
    {
        var scaled = value * 10_000;
        return decimal.IsInteger(scaled) && scaled is >= long.MinValue and <= long.MaxValue
            ? OfDecimal((long)scaled)
            : throw new ArgumentOutOfRangeException(nameof(value), value, DecimalLiteral.Form);
    }

    /// <summary>A point in time, cut to whole milliseconds.</summary>
    public static CedarValue DateTime(DateTimeOffset time) => OfDateTime(time.ToUnixTimeMilliseconds());

    /// <summary>A duration, cut to whole milliseconds.</summary>
    public static CedarValue Duration(TimeSpan duration) => OfDuration(duration.Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>The boolean, if this is one.</summary>
    public bool TryGetBool(out bool value)
    {
        value = IsTrue;
        return IsBool;
    }

    /// <summary>The long, if this is one.</summary>
    public bool TryGetLong(out long value)
    {
        value = IsLong ? _bits : 0;
        return IsLong;
    }

    /// <summary>The string, if this is one.</summary>
    public bool TryGetString([NotNullWhen(true)] out string? value) => (value = AsString) is not null;

    /// <summary>The uid, if this refers to an entity.</summary>
    public bool TryGetEntity([NotNullWhen(true)] out EntityUid? value) => (value = AsEntity) is not null;

    /// <summary>The elements, if this is a set; none otherwise. They are in no particular order.</summary>
    public ReadOnlySpan<CedarValue> Elements => AsSet is { } set ? set.Elements : default;

    /// <summary>A field's value, if this is a record that has it.</summary>
    public bool TryGetField(string name, out CedarValue value)
    {
        value = default;
        return AsRecord is { } record && record.TryGet(name, out value);
    }
}
