namespace RestateCloud.Gateway.Caching;

/// <summary>
/// One id's answer, its age, and the load that is under way. An answer in use is asked for again at half its time, by one of those who use it
/// and none of whom waits: under load a request meets the grain's latency only when it is the first of its kind.
/// </summary>
internal sealed class GrainCacheEntry<TValue>(
    string id, Func<string, CancellationToken, Task<TValue?>> load, GrainCacheOptions options, TimeProvider clock)
    where TValue : class
{
    private readonly Lock _lock = new();
    private volatile GrainAnswer<TValue>? _answer;
    private Task<TValue?>? _loading;

    /// <summary>Whether the last answer was that there is such a thing.</summary>
    public bool IsKnown => _answer?.Value is not null;

    /// <summary>Whether there is an answer that may be used without asking again.</summary>
    public bool TryGetFresh(out TValue? value)
    {
        value = null;
        if (_answer is not { } answer) return false;

        var now = clock.GetTimestamp();
        if (now >= answer.FreshUntil) return false;
        if (now >= answer.RenewFrom && answer.TryBeginRenewal()) Renew();
        value = answer.Value;
        return true;
    }

    /// <summary>Asks the grain, or waits for who does already.</summary>
    public Task<TValue?> LoadAsync()
    {
        lock (_lock)
        {
            return TryGetFresh(out var value) ? Task.FromResult(value) : Load();
        }
    }

    private void Renew()
    {
        lock (_lock)
        {
            _ = Load();
        }
    }

    private Task<TValue?> Load()
    {
        if (_loading is null or { IsCompleted: true }) _loading = LoadOnceAsync();
        return _loading;
    }

    private async Task<TValue?> LoadOnceAsync()
    {
        await Task.Yield();
        try
        {
            using var timeout = new CancellationTokenSource(options.LoadTimeout, clock);
            var value = await load(id, timeout.Token).WaitAsync(timeout.Token);
            _answer = AnswerOf(value);
            return value;
        }
        catch (Exception e)
        {
            if (_answer is not { } last || clock.GetTimestamp() > last.UsableUntil) throw new GrainUnavailableException(id, e);
            _answer = last.AskedInVain(After(options.RetryDelay), After(2 * options.RetryDelay));
            return last.Value;
        }
    }

    private GrainAnswer<TValue> AnswerOf(TValue? value)
    {
        var freshness = value is null ? options.NegativeFreshness : options.Freshness;
        return new(value, After(freshness / 2), After(freshness), After(options.StaleLimit));
    }

    private long After(TimeSpan delay) => clock.GetTimestamp() + (long)(delay.TotalSeconds * clock.TimestampFrequency);
}
