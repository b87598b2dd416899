using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using RestateCloud.Grains.Users;

namespace RestateCloud.Gateway.SignIn.Passwords;

/// <summary>
/// Bounds what can be tried against one user and from one network address. An attempt counts before its outcome is known, so that
/// many at the same time are no way around it; it counts the same whether or not the user exists. Attempts on a user are counted for all
/// gateways together, since they guard the user; those from an address by each gateway for itself, since they guard the gateway's work.
/// </summary>
internal sealed class AttemptLimiter(IGrainFactory grains, IOptions<SignInOptions> options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly PartitionedRateLimiter<string> _addresses = Windows(options.Value.AttemptsPerAddress);

    /// <summary>Seconds after which an attempt that was refused may be allowed.</summary>
    public static int RetryAfterSeconds => (int)(Window / Segments).TotalSeconds;

    private const int Segments = 15;

    /// <summary>Whether this network address may try now.</summary>
    public bool TryFrom(IPAddress? address)
    {
        using var lease = _addresses.AttemptAcquire(Network(address));
        return lease.IsAcquired;
    }

    /// <summary>Whether somebody at this network address may try to be this user now.</summary>
    /// <param name="email">The user's address, as it is compared.</param>
    /// <param name="address">Where the attempt comes from.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> TrySignInAsync(string email, IPAddress? address, CancellationToken cancellationToken) =>
        TryFrom(address)
        && (email.Length == 0 || await grains.GetGrain<IUserEmailGrain>(email).TryAttemptAsync(options.Value.AttemptsPerUser, Window, cancellationToken));

    public void Dispose() => _addresses.Dispose();

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
