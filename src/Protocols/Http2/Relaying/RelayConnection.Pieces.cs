namespace RestateCloud.Protocols.Http2.Relaying;

// Small pieces of bodies wait while the other side may have many of them unread.
public sealed partial class RelayConnection
{
    private readonly UnreadPieces _unreadPieces;
    private ITimer? _roundTimer;
    private bool _isRoundTimed;
    private bool _mayGoOn;

    private bool MaySendPiece(long length, bool isLast)
    {
        if (_unreadPieces.Allows(length, isLast)) return true;
        TimeRound();
        return false;
    }

    private void TimeRound()
    {
        if (_isRoundTimed || _isOver) return;
        _isRoundTimed = true;
        _roundTimer ??= Clock.CreateTimer(static connection => ((RelayConnection)connection!).EndRound(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _roundTimer.Change(Limits.PieceTime, Timeout.InfiniteTimeSpan);
    }

    private void EndRound()
    {
        lock (Gate)
        {
            (_isRoundTimed, _mayGoOn) = (false, true);
            _unreadPieces.BeginRound();
        }

        Flush();
    }

    /// <summary>Something has come on a stream, or it is over.</summary>
    private void HasRead(RelayStream stream)
    {
        if (stream.Unread == 0) return;
        _unreadPieces.Read(stream);
        _mayGoOn |= _isRoundTimed;
    }
}
