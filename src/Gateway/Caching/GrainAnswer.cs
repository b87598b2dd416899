namespace RestateCloud.Gateway.Caching;

/// <summary>What a grain has said, and how long that is good. Times are timestamps of the clock.</summary>
/// <param name="value">Null when it said that there is no such thing.</param>
/// <param name="epoch">How often answers had been doubted when it was asked.</param>
/// <param name="renewFrom">From then on it is asked again while this is still used.</param>
/// <param name="freshUntil">Until then this may be used.</param>
/// <param name="usableUntil">Until then it may be used when the grain does not answer.</param>
internal sealed class GrainAnswer<TValue>(TValue? value, long epoch, long renewFrom, long freshUntil, long usableUntil)
    where TValue : class
{
    private bool _isBeingRenewed;

    public TValue? Value => value;

    public long Epoch => epoch;

    public long RenewFrom => renewFrom;

    public long FreshUntil => freshUntil;

    public long UsableUntil => usableUntil;

    /// <summary>True for one caller only.</summary>
    public bool TryBeginRenewal() => !Volatile.Read(ref _isBeingRenewed) && !Interlocked.Exchange(ref _isBeingRenewed, true);

    /// <summary>The same answer after the grain did not give another.</summary>
    /// <param name="asked">The epoch of that.</param>
    /// <param name="from">Not before then is it asked again.</param>
    /// <param name="until">Who uses the answer by then does not wait for the next attempt.</param>
    public GrainAnswer<TValue> AskedInVain(long asked, long from, long until) => new(value, asked, from, Math.Max(freshUntil, until), usableUntil);
}
