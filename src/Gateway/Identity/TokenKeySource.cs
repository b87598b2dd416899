using System.Collections.Immutable;
using RestateCloud.Gateway.Caching;
using RestateCloud.Grains.Tokens;

namespace RestateCloud.Gateway.Identity;

/// <summary>The token issuer's present keys. A <c>kid</c> that is not among them makes it ask again, but not at the pace of a forger.</summary>
/// <param name="load">Asks the issuer.</param>
/// <param name="clock">The time.</param>
internal sealed class TokenKeySource(Func<CancellationToken, Task<ImmutableArray<TokenKey>>> load, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan ReloadInterval = TimeSpan.FromSeconds(5);

    private readonly GrainCache<TokenKeySet> _cache = new(
        async (_, cancellation) => new TokenKeySet(await load(cancellation)),
        new GrainCacheOptions(Capacity: 1, Freshness: TimeSpan.FromMinutes(5)),
        clock);

    private long _lastReload = clock.GetTimestamp();

    /// <exception cref="GrainUnavailableException">The issuer has never answered.</exception>
    public ValueTask<TokenKeySet?> GetAsync() => _cache.GetAsync(ITokenIssuerGrain.Key);

    /// <summary>The keys as they are after a rotation that this gateway may not have seen.</summary>
    /// <exception cref="GrainUnavailableException">The issuer does not answer.</exception>
    public ValueTask<TokenKeySet?> GetAfterUnknownKeyAsync()
    {
        var last = Volatile.Read(ref _lastReload);
        var now = clock.GetTimestamp();
        if (clock.GetElapsedTime(last, now) >= ReloadInterval && Interlocked.CompareExchange(ref _lastReload, now, last) == last)
        {
            _cache.Clear();
        }

        return GetAsync();
    }

    public void Dispose() => _cache.Dispose();
}
