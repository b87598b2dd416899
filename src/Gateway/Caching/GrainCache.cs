using Microsoft.Extensions.Caching.Memory;

namespace RestateCloud.Gateway.Caching;

/// <summary>
/// What grains have told this gateway, by id. A fresh answer costs one lookup; all who ask for the same id while it is loaded share one
/// grain call; while the silo does not answer the last answer stays good. <see cref="MemoryCache"/> bounds it.
/// </summary>
/// <param name="load">Asks the grain; null when there is no such thing.</param>
/// <param name="options">The numbers.</param>
/// <param name="clock">The time.</param>
internal sealed class GrainCache<TValue>(Func<string, CancellationToken, Task<TValue?>> load, GrainCacheOptions options, TimeProvider clock)
    : IDisposable
    where TValue : class
{
    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = options.Capacity });
    private readonly Lock _lock = new();
    private readonly Doubt _doubt = new();

    /// <summary>The answer, when there is one that may be used without asking again; null in it means that there is no such thing.</summary>
    public bool TryGetFresh(ReadOnlySpan<char> id, out TValue? value)
    {
        value = null;
        return _entries.TryGetValue(id, out GrainCacheEntry<TValue>? entry) && entry!.TryGetFresh(out value);
    }

    /// <summary>Whether the grain once said that there is such a thing, however long ago.</summary>
    public bool Knows(ReadOnlySpan<char> id) => _entries.TryGetValue(id, out GrainCacheEntry<TValue>? entry) && entry!.IsKnown;

    /// <summary>The grain's answer, or null when it says that there is none.</summary>
    /// <exception cref="GrainUnavailableException">It does not answer and never has.</exception>
    public ValueTask<TValue?> GetAsync(ReadOnlySpan<char> id)
    {
        if (!_entries.TryGetValue(id, out GrainCacheEntry<TValue>? entry)) entry = Add(id.ToString());
        return entry!.TryGetFresh(out var value) ? new(value) : new(entry.LoadAsync());
    }

    /// <summary>Forgets an answer; one that is on its way is not kept either, since it may have been given before the change.</summary>
    public void Invalidate(string id) => _entries.Remove(id);

    /// <summary>Asks again before an answer is next used, and goes on with it only where the grain does not answer.</summary>
    public void Doubt(string id)
    {
        if (_entries.TryGetValue(id, out GrainCacheEntry<TValue>? entry)) entry!.Doubt();
    }

    /// <summary>The same for every answer.</summary>
    public void DoubtAll() => _doubt.Raise();

    /// <summary>Forgets everything.</summary>
    public void Clear() => _entries.Clear();

    public void Dispose() => _entries.Dispose();

    private GrainCacheEntry<TValue> Add(string id)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(id, out GrainCacheEntry<TValue>? known)) return known!;
            var entry = new GrainCacheEntry<TValue>(id, load, options, clock, _doubt);
            return _entries.Set(id, entry, new MemoryCacheEntryOptions { Size = 1 });
        }
    }
}
