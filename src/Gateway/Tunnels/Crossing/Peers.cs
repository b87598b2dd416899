using Microsoft.Extensions.Caching.Memory;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>
/// The gateways that calls are handed over to. One that no environment has asked for in a while is forgotten and not disposed of: a call may
/// still be on it, and its idle connections close by themselves.
/// </summary>
internal sealed class Peers(CrossingCertificates certificates, TimeProvider clock) : IDisposable
{
    private static readonly MemoryCacheEntryOptions Entry = new() { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) };

    private readonly MemoryCache _peers = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    private readonly Lock _lock = new();

    /// <param name="environmentId">Whose calls.</param>
    /// <param name="address">As the gateway has it in its hold of the tunnel.</param>
    public Peer Of(string environmentId, string address)
    {
        var key = (environmentId, address);
        if (_peers.TryGetValue(key, out Peer? peer)) return peer!;
        lock (_lock)
        {
            return _peers.TryGetValue(key, out peer) ? peer! : _peers.Set(key, new Peer(address, certificates, clock), Entry);
        }
    }

    public void Dispose() => _peers.Dispose();
}
