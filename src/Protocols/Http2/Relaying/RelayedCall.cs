using System.Text;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>Keeps account of one request from its opening to its end. What is called here is called in the middle of other things: it is quick and does not throw.</summary>
public abstract class RelayedCall
{
    private int _openStreams;
    private long _requestBytes;
    private long _responseBytes;
    private long _lastActive;

    /// <summary>Bytes of the request's body that have come.</summary>
    public long RequestBytes => Volatile.Read(ref _requestBytes);

    /// <summary>Bytes of the answer's body that have come.</summary>
    public long ResponseBytes => Volatile.Read(ref _responseBytes);

    /// <summary>A timestamp: when something last came or went.</summary>
    internal long LastActive => Volatile.Read(ref _lastActive);

    /// <summary>The answer's status has come.</summary>
    /// <param name="status">From 200 on.</param>
    /// <param name="fields">The answer's fields; they may be changed.</param>
    public abstract void Answered(int status, HeaderFields fields);

    /// <summary>Opens the request anew after <see cref="RelayFailure.NotTaken"/>, while nothing but its fields has come.</summary>
    /// <param name="caller">The stream that it has come on, for <see cref="RelayTarget.TryOpen"/>.</param>
    /// <param name="isLast">Whether it has no body.</param>
    /// <returns>False when nobody takes it.</returns>
    public virtual bool TryAgain(RelayStream caller, bool isLast) => false;

    /// <summary>What the caller is told because no answer will come; null for a reset.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="why">A sentence.</param>
    public abstract RelayAnswer? Failed(RelayFailure failure, string why);

    /// <summary>Both sides are done with it.</summary>
    protected abstract void Ended();

    internal void Passed(bool isRequest, int bytes, long now)
    {
        if (isRequest) _requestBytes += bytes;
        else _responseBytes += bytes;
        Touch(now);
    }

    internal void Touch(long now) => Volatile.Write(ref _lastActive, now);

    internal void StreamOpened(long now)
    {
        Interlocked.Increment(ref _openStreams);
        Touch(now);
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
/// <param name="RetryAfterSeconds">When asking again may help; null when that is not known.</param>
public sealed record RelayAnswer(int Status, string ContentType, byte[] Body, int? RetryAfterSeconds = null)
{
    /// <summary>Sets fields to what it says.</summary>
    internal void Write(HeaderFields fields)
    {
        fields.Clear();
        fields.Add(":status"u8, Encoding.ASCII.GetBytes($"{Status}"));
        fields.Add("content-type"u8, Encoding.ASCII.GetBytes(ContentType));
        fields.Add("content-length"u8, Encoding.ASCII.GetBytes($"{Body.Length}"));
        if (RetryAfterSeconds is { } seconds) fields.Add("retry-after"u8, Encoding.ASCII.GetBytes($"{seconds}"));
    }
}
