namespace RestateCloud.Gateway.Caching;

/// <summary>Counts how often answers were called in question: one that was asked for before the last time must be asked for again.</summary>
internal sealed class Doubt
{
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public void Raise() => Interlocked.Increment(ref _count);
}
