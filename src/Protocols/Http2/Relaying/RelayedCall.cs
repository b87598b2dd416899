using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>Keeps account of one request from its opening to its end. What is called here is called in the middle of other things: it is quick and does not throw.</summary>
public abstract class RelayedCall
{
    private int _openStreams = 2;
    private long _requestBytes;
    private long _responseBytes;

    /// <summary>Bytes of the request's body that have come.</summary>
    public long RequestBytes => Volatile.Read(ref _requestBytes);

    /// <summary>Bytes of the answer's body that have come.</summary>
    public long ResponseBytes => Volatile.Read(ref _responseBytes);

    /// <summary>The answer's status has come.</summary>
    /// <param name="status">From 200 on.</param>
    /// <param name="fields">The answer's fields.</param>
    public abstract void Answered(int status, HeaderFields fields);

    /// <summary>What the caller is told because no answer will come; null for a reset.</summary>
    /// <param name="why">A sentence.</param>
    public abstract RelayAnswer? Failed(string why);

    /// <summary>Both sides are done with it.</summary>
    protected abstract void Ended();

    internal void Passed(bool isRequest, int bytes)
    {
        if (isRequest) _requestBytes += bytes;
        else _responseBytes += bytes;
    }

    internal void StreamClosed()
    {
        if (Interlocked.Decrement(ref _openStreams) == 0) Ended();
    }
}

/// <summary>An answer that is made here.</summary>
/// <param name="Status">Its status.</param>
/// <param name="ContentType">What <paramref name="Body"/> is.</param>
/// <param name="Body">All of it.</param>
public sealed record RelayAnswer(int Status, string ContentType, byte[] Body);
