using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace RestateCloud.Gateway.SignIn.Passwords;

/// <summary>
/// Bounds what can be tried against one user and from one network address. An attempt counts before its outcome is known, so that
/// many at the same time are no way around it; it counts the same whether or not the user exists.
/// </summary>
internal sealed class AttemptLimiter(IOptions<SignInOptions> options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly PartitionedRateLimiter<string> _users = Windows(options.Value.AttemptsPerUser);
    private readonly PartitionedRateLimiter<string> _addresses = Windows(options.Value.AttemptsPerAddress);

    /// <summary>Seconds after which an attempt that was refused may be allowed.</summary>
    public static int RetryAfterSeconds => (int)(Window / Segments).TotalSeconds;

    private const int Segments = 15;

    /// <summary>Whether this network address may try now.</summary>
    public bool TryFrom(IPAddress? address) => Acquire(_addresses, Network(address));

    /// <summary>Whether somebody at this network address may try to be this user now.</summary>
    /// <param name="email">The user's address, as it is compared.</param>
    /// <param name="address">Where the attempt comes from.</param>
    public bool TrySignIn(string email, IPAddress? address) => TryFrom(address) && Acquire(_users, email);

    public void Dispose()
    {
        _users.Dispose();
        _addresses.Dispose();
    }

    private static bool Acquire(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    /// <summary>A client commands every address of its IPv6 network, usually a /64, so that is what is counted.</summary>
    private static string Network(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPNetwork(Masked(address), 64).ToString() : address.ToString();
    }

    private static IPAddress Masked(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private static PartitionedRateLimiter<string> Windows(int permits) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = Window,
            SegmentsPerWindow = Segments,
        }));
}
