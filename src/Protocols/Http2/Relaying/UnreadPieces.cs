namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>
/// What the other side has been sent in small pieces of bodies and may not have read. Servers end connections on which that is much (h2 since 0.4.16,
/// with which hyper and the official tunnel client are made: a DATA frame that is shorter than 256 bytes and not the last of its body counts with
/// what it is shorter by until the application reads it, and 25,600 end the connection). That something was read nobody says: it is taken to be
/// when anything comes on the same stream, or after a while. The connection's lock guards it.
/// </summary>
/// <param name="limit">How much may be unread.</param>
internal sealed class UnreadPieces(int limit)
{
    private const int SmallPiece = 256;

    // Of streams that were last sent something in this round, and in the one before.
    private int _newer;
    private int _older;
    private int _round;

    /// <summary>Whether a frame may be sent.</summary>
    public bool Allows(long length, bool isLast) => isLast || length >= SmallPiece || _newer + _older + SmallPiece - length <= limit;

    /// <summary>A frame is sent.</summary>
    public void Sent(RelayStream stream, long length, bool isLast)
    {
        if (isLast || length >= SmallPiece) return;
        (stream.UnreadRound, stream.Unread) = (_round, Take(stream) + SmallPiece - (int)length);
        _newer += stream.Unread;
    }

    /// <summary>Something has come on the stream, or it is over.</summary>
    public void Read(RelayStream stream) => Take(stream);

    /// <summary>Begins another round: what was sent before the last one is taken to be read.</summary>
    public void BeginRound() => (_older, _newer, _round) = (_newer, 0, _round + 1);

    /// <summary>Takes out what of the stream still counts.</summary>
    private int Take(RelayStream stream)
    {
        var unread = stream.Unread;
        stream.Unread = 0;
        if (stream.UnreadRound == _round) _newer -= unread;
        else if (stream.UnreadRound == _round - 1) _older -= unread;
        else return 0;
        return unread;
    }
}
