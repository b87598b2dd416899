using System.Globalization;

namespace RestateCloud.Cedar.Extensions;

/// <summary>A value of the extension type <c>ipaddr</c>: an address with a prefix length, so also a range.</summary>
/// <param name="IsIpv4">Whether this is an IPv4 address; the two families never mix.</param>
/// <param name="Bits">The address; of IPv4 the low 32 bits.</param>
/// <param name="Prefix">The prefix length: 0 to 32, or 0 to 128.</param>
internal sealed record IpAddress(bool IsIpv4, UInt128 Bits, int Prefix)
{
    private static readonly IpAddress Ipv4Loopback = new(true, 0x7F00_0000, 8);
    private static readonly IpAddress Ipv6Loopback = new(false, 1, 128);
    private static readonly IpAddress Ipv4Multicast = new(true, 0xE000_0000, 4);
    private static readonly IpAddress Ipv6Multicast = new(false, (UInt128)0xFF << 120, 8);

    public bool IsLoopback => IsInRange(IsIpv4 ? Ipv4Loopback : Ipv6Loopback);

    public bool IsMulticast => IsInRange(IsIpv4 ? Ipv4Multicast : Ipv6Multicast);

    private int Width => IsIpv4 ? 32 : 128;

    /// <summary>Whether every address of this range is in the other; both are of one family.</summary>
    public bool IsInRange(IpAddress other)
    {
        if (IsIpv4 != other.IsIpv4 || Prefix < other.Prefix) return false;
        var hostBits = Width - other.Prefix;

        // Shifting a UInt128 by its whole width does nothing, so a prefix of zero is its own case.
        return other.Prefix == 0 || Bits >> hostBits == other.Bits >> hostBits;
    }

    public override string ToString()
    {
        var address = IsIpv4 ? new System.Net.IPAddress(Bytes(4)) : new System.Net.IPAddress(Bytes(16));
        return Prefix == Width ? address.ToString() : string.Create(CultureInfo.InvariantCulture, $"{address}/{Prefix}");
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)(Bits >> (8 * (count - 1 - i)));
        return bytes;
    }
}
