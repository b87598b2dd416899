namespace RestateCloud.Gateway.Tunnels.Http2;

/// <summary>
/// Ends connections whose peer abuses HTTP/2 in ways that <see cref="SocketsHttpHandler"/> puts up with: it keeps an answer to each PING and
/// SETTINGS for a peer that reads none, without limit, and reads the CONTINUATIONs of one block of headers for as long as they come.
/// </summary>
internal sealed class FrameGuard
{
    /// <summary>Answers that the peer may leave unread; one that waits for each before it asks again leaves one.</summary>
    public const int UnreadAnswers = 1000;

    /// <summary>CONTINUATION frames of one block of headers; what is accepted of headers takes three.</summary>
    public const int Continuations = 32;

    private readonly FrameCursor _received = new(prefaceLength: 0);
    private readonly FrameCursor _sent = new(Frames.PrefaceLength);
    private int _owed;
    private int _continuations;

    /// <summary>Looks at what the peer has sent.</summary>
    /// <exception cref="IOException">It abuses the connection.</exception>
    public void Received(ReadOnlySpan<byte> bytes)
    {
        while (_received.TryNext(ref bytes, out var header))
        {
            _continuations = Frames.IsContinuation(header) ? _continuations + 1 : 0;
            if (_continuations > Continuations) throw new IOException("The tunnel's client sends headers without end.");
            if (Frames.AsksForAnswer(header) && Interlocked.Increment(ref _owed) > UnreadAnswers)
                throw new IOException("The tunnel's client asks for answers and does not read them.");
        }
    }

    /// <summary>Looks at what was sent to the peer, the connection preface included.</summary>
    public void Sent(ReadOnlySpan<byte> bytes)
    {
        while (_sent.TryNext(ref bytes, out var header))
        {
            if (Frames.IsAnswer(header)) Interlocked.Decrement(ref _owed);
        }
    }
}
