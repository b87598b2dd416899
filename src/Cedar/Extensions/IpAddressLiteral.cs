using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace RestateCloud.Cedar.Extensions;

/// <summary>
/// The text form of addresses: four decimal octets or eight hexadecimal groups (with <c>::</c>), and optionally <c>/prefix</c>.
/// Stricter than the framework's parser: no leading zeros, no zone, no brackets, no IPv4 tail in an IPv6 address.
/// </summary>
internal static class IpAddressLiteral
{
    public const string Form = "an address is IPv4 such as `10.0.0.0/8` or IPv6 such as `ff00::2/128`; "
        + "leading zeros and IPv4 embedded in IPv6 are not accepted";

    // The longest: eight groups of four digits and a three-digit prefix.
    private const int MaxLength = 43;

    public static bool TryParse(string text, [NotNullWhen(true)] out IpAddress? value)
    {
        value = null;
        if (text.Length > MaxLength) return false;
        var slash = text.IndexOf('/');
        var address = slash < 0 ? text.AsSpan() : text.AsSpan(0, slash);
        var isIpv4 = !address.Contains(':');
        UInt128 bits;
        if (isIpv4)
        {
            if (!TryIpv4(address, out var octets)) return false;
            bits = octets;
        }
        else if (!TryIpv6(address, out bits))
        {
            return false;
        }

        var width = isIpv4 ? 32 : 128;
        var prefix = width;
        if (slash >= 0 && !TryNumber(text.AsSpan(slash + 1), width, out prefix)) return false;
        value = new IpAddress(isIpv4, bits, prefix);
        return true;
    }

    private static bool TryIpv4(ReadOnlySpan<char> text, out uint octets)
    {
        octets = 0;
        var count = 0;
        foreach (var part in text.Split('.'))
        {
            if (++count > 4 || !TryNumber(text[part], 255, out var octet)) return false;
            octets = (octets << 8) | (uint)octet;
        }

        return count == 4;
    }

    private static bool TryIpv6(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = 0;
        if (text.ContainsAnyExcept("0123456789abcdefABCDEF:")
            || !IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6) return false;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return true;
    }

    /// <summary>One to three digits without a leading zero.</summary>
    private static bool TryNumber(ReadOnlySpan<char> text, int max, out int value)
    {
        value = 0;
        return text.Length is >= 1 and <= 3
            && (text.Length == 1 || text[0] != '0')
            && Digits.TryParse(text, out value)
            && value <= max;
    }
}
