using System.Net;
using System.Net.Sockets;

namespace RestateCloud.Gateway.Identity;

/// <summary>
/// How many invalid credentials an address may send: each costs a grain call or a signature check. Counted by IPv4 address or IPv6 /64
/// in a table of fixed size, where addresses may share a place, so that no number of them takes more memory.
/// </summary>
/// <remarks>Credentials that are known already are never held back, so nobody can lock out others behind the same address.</remarks>
internal sealed class FailureLimiter(TimeProvider clock)
{
    /// <summary>Failures that may come at once, and so many again every <see cref="Window"/>.</summary>
    public const int FailuresPerWindow = 100;

    /// <summary>The period that failures are counted over.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private const int Places = 4096;

    // High 40 bits: number of the window. Low 24 bits: failures in it.
    private readonly long[] _counts = new long[Places];

    public bool IsExhausted(IPAddress? address)
    {
        var count = Volatile.Read(ref _counts[PlaceOf(address)]);
        return count >> 24 == CurrentWindow && (count & 0xFFFFFF) >= FailuresPerWindow;
    }

    public void Add(IPAddress? address)
    {
        ref var place = ref _counts[PlaceOf(address)];
        var window = CurrentWindow << 24;
        var seen = Volatile.Read(ref place);
        while (true)
        {
            var next = seen >> 24 == window >> 24 ? Math.Min(seen + 1, window + 0xFFFFFF) : window + 1;
            var found = Interlocked.CompareExchange(ref place, next, seen);
            if (found == seen) return;
            seen = found;
        }
    }

    private long CurrentWindow => (long)(clock.GetElapsedTime(0) / Window);

    private static int PlaceOf(IPAddress? address)
    {
        if (address is null) return 0;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        var hash = new HashCode();
        hash.AddBytes(address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6 ? bytes[..8] : bytes[..length]);
        return (int)((uint)hash.ToHashCode() % Places);
    }
}
