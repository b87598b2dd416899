namespace RestateCloud.Gateway.Caching;

/// <summary>
/// One id's answer, its age, and the load that is under way. An answer in use is asked for again at half its time, by one of those who use it
/// and none of whom waits: under load a request meets the grain's latency only when it is the first of its kind.
/// </summary>
internal sealed class GrainCacheEntry<TValue>(
    string id, Func<string, CancellationToken, Task<TValue?>> load, GrainCacheOptions options, TimeProvider clock, Doubt all)
    where TValue : class
{
    private readonly Lock _lock = new();
    private readonly Doubt _own = new();
    private volatile GrainAnswer<TValue>? _answer;
    private Task<TValue?>? _loading;
    private long _loadingEpoch;

    /// <summary>Whether the last answer was that there is such a thing.</summary>
    public bool IsKnown => _answer?.Value is not null;

    // Both only rise, so the sum stays the same only while neither does.
    private long Epoch => _own.Count + all.Count;

    /// <summary>Whether there is an answer that may be used without asking again.</summary>
    public bool TryGetFresh(out TValue? value)
    {
        value = null;
        if (_answer is not { } answer) return false;

        var now = clock.GetTimestamp();
        if (now >= answer.FreshUntil || answer.Epoch != Epoch) return false;
        if (now >= answer.RenewFrom && answer.TryBeginRenewal()) Renew();
        value = answer.Value;
        return true;
    }

    /// <summary>From now on the answer is used only if the grain, asked again, does not give another.</summary>
    public void Doubt() => _own.Raise();

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
        if (_loading is null or { IsCompleted: true } || _loadingEpoch != Epoch)
        {
            _loadingEpoch = Epoch;
            _loading = LoadOnceAsync(_loadingEpoch);
        }

        return _loading;
    }

    private async Task<TValue?> LoadOnceAsync(long epoch)
    {
        await Task.Yield();
        try
        {
            using var timeout = new CancellationTokenSource(options.LoadTimeout, clock);
            var value = await load(id, timeout.Token).WaitAsync(timeout.Token);
            Keep(AnswerOf(value, epoch));
            return value;
        }
        catch (Exception e)
        {
            if (_answer is not { } last || clock.GetTimestamp() > last.UsableUntil) throw new GrainUnavailableException(id, e);
            Keep(last.AskedInVain(epoch, After(options.RetryDelay), After(2 * options.RetryDelay)));
            return last.Value;
        }
    }

    // A load that was overtaken by a doubt goes on beside the one that follows it.
    private void Keep(GrainAnswer<TValue> answer)
    {
        lock (_lock)
        {
            if (_answer is null || _answer.Epoch <= answer.Epoch) _answer = answer;
        }
    }

    private GrainAnswer<TValue> AnswerOf(TValue? value, long epoch)
    {
        var freshness = value is null ? options.NegativeFreshness : options.Freshness;
        return new(value, epoch, After(freshness / 2), After(freshness), After(options.StaleLimit));
    }

    private long After(TimeSpan delay) => clock.GetTimestamp() + (long)(delay.TotalSeconds * clock.TimestampFrequency);
}
