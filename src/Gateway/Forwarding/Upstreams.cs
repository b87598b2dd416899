using Microsoft.Extensions.Caching.Memory;
using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>
/// The upstreams in use, by address, so that a reloaded route keeps its connections. One that no route has asked for in a while is
/// forgotten and not disposed of: a long poll may still be on it, and its idle connections close by themselves.
/// </summary>
internal sealed class Upstreams : IDisposable
{
    private static readonly MemoryCacheEntryOptions Entry = new() { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) };

    private readonly MemoryCache _upstreams = new(new MemoryCacheOptions { SizeLimit = 100_000 });
    private readonly Lock _lock = new();

    public Upstream? Of(UpstreamAddress? address)
    {
        if (address is null) return null;
        lock (_lock)
        {
            return _upstreams.TryGetValue(address.Value, out Upstream? known)
                ? known
                : _upstreams.Set(address.Value, new Upstream(address), Entry);
        }
    }

    public void Dispose() => _upstreams.Dispose();
}
