namespace RestateCloud.Gateway.Caching;

/// <summary>Places for a limited number of waiters.</summary>
internal sealed class WaitingRoom(int places)
{
    private int _taken;

    /// <summary>Takes a place until it is disposed; null when all are taken.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _taken) <= places) return new Place(this);
        Interlocked.Decrement(ref _taken);
        return null;
    }

    private sealed class Place(WaitingRoom room) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref room._taken);
    }
}
