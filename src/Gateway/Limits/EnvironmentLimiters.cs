using Microsoft.Extensions.Caching.Memory;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Gateway.Limits;

/// <summary>
/// The limiters of the environments in use. They outlive routes, so that a change of route gives nobody a fresh burst; a change of tier
/// begins anew.
/// </summary>
internal sealed class EnvironmentLimiters(TierCatalog tiers) : IDisposable
{
    private static readonly MemoryCacheEntryOptions Entry = new() { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) };

    private readonly MemoryCache _limiters = new(new MemoryCacheOptions { SizeLimit = 100_000 });
    private readonly Lock _lock = new();

    public EnvironmentLimiter Of(string environmentId, Tier tier)
    {
        var limits = tiers.Of(tier);
        lock (_lock)
        {
            if (_limiters.TryGetValue(environmentId, out EnvironmentLimiter? known) && known!.Limits == limits) return known;
            return _limiters.Set(environmentId, new EnvironmentLimiter(limits), Entry);
        }
    }

    public void Dispose() => _limiters.Dispose();
}
