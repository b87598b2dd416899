namespace RestateCloud.Gateway.Caching;

/// <summary>One id's answer, its age, and the load that is under way.</summary>
internal sealed class GrainCacheEntry<TValue>(
    string id, Func<string, CancellationToken, Task<TValue?>> load, GrainCacheOptions options, TimeProvider clock)
    where TValue : class
{
    private readonly Lock _lock = new();
    private volatile Answer? _answer;
    private Task<TValue?>? _loading;

    /// <summary>Whether the last answer was that there is such a thing.</summary>
    public bool IsKnown => _answer?.Value is not null;

    /// <summary>Whether there is an answer that may be used without asking again.</summary>
    public bool TryGetFresh(out TValue? value)
    {
        var answer = _answer;
        value = answer?.Value;
        return answer is not null && clock.GetTimestamp() < answer.FreshUntil;
    }

    /// <summary>Asks the grain, or waits for who does already.</summary>
    public Task<TValue?> LoadAsync()
    {
        lock (_lock)
        {
            if (TryGetFresh(out var value)) return Task.FromResult(value);
            if (_loading is null or { IsCompleted: true }) _loading = LoadOnceAsync();
            return _loading;
        }
    }

    private async Task<TValue?> LoadOnceAsync()
    {
        await Task.Yield();
        try
        {
            using var timeout = new CancellationTokenSource(options.LoadTimeout, clock);
            var value = await load(id, timeout.Token).WaitAsync(timeout.Token);
            _answer = new(value, After(value is null ? options.NegativeFreshness : options.Freshness), After(options.StaleLimit));
            return value;
        }
        catch (Exception e)
        {
            if (_answer is not { } last || clock.GetTimestamp() > last.UsableUntil) throw new GrainUnavailableException(id, e);
            _answer = last with { FreshUntil = After(options.RetryDelay) };
            return last.Value;
        }
    }

    private long After(TimeSpan delay) => clock.GetTimestamp() + (long)(delay.TotalSeconds * clock.TimestampFrequency);

    private sealed record Answer(TValue? Value, long FreshUntil, long UsableUntil);
}
