using RestateCloud.Protocols.Http2.Frames;

namespace RestateCloud.Protocols.Http2.Relaying;

// Flow control (RFC 9113, section 5.2): what may be sent, what waits for that, and what may come.
public sealed partial class RelayConnection
{
    private const int DefaultWindow = 65_535;

    // What one stream may send before it is another's turn.
    private const int Turn = 64 * 1024;

    private readonly Queue<RelayStream> _waiting = new();
    private List<(RelayStream Sender, int Bytes)>? _forfeited;
    private long _connectionSendWindow = DefaultWindow;
    private long _initialSendWindow = DefaultWindow;
    private int _connectionReceiveWindow;
    private int _uncredited;

    internal override void Credit(RelayStream? stream, int length)
    {
        if (length == 0) return;
        lock (Gate)
        {
            _uncredited += length;
            if (_uncredited >= Limits.ConnectionWindow / 2)
            {
                _frames.Add(FrameType.WindowUpdate, 0, _uncredited);
                _connectionReceiveWindow += _uncredited;
                _uncredited = 0;
            }

            if (stream is not null && !stream.InputEnded && !stream.IsClosed)
            {
                stream.Uncredited += length;
                if (stream.Uncredited >= Limits.StreamWindow / 4)
                {
                    _frames.Add(FrameType.WindowUpdate, stream.Id, stream.Uncredited);
                    stream.ReceiveWindow += stream.Uncredited;
                    stream.Uncredited = 0;
                }
            }
        }

        Flush();
    }

    private void OnWindowUpdate(int streamId, int increment)
    {
        if (increment == 0) throw Broken("A window is made larger by nothing.");
        lock (Gate)
        {
            if (streamId == 0)
            {
                _connectionSendWindow += increment;
                if (_connectionSendWindow > int.MaxValue) throw new Http2Exception(Http2ErrorCode.FlowControlError, "The connection's window is too large.");
            }
            else if (Find(streamId) is { } stream)
            {
                stream.SendWindow += increment;
                HasRead(stream);
                if (stream.SendWindow > int.MaxValue) throw new Http2Exception(Http2ErrorCode.FlowControlError, "The stream's window is too large.");
            }

            if (_waiting.Count == 0) return;
        }

        Drain();
    }

    private void Enqueue(RelayStream stream)
    {
        if (stream.IsQueued) return;
        stream.IsQueued = true;
        _waiting.Enqueue(stream);
    }

    /// <summary>Sends what waits as far as there is room now, and has the senders go on.</summary>
    private void Drain()
    {
        while (TryDrain(out var other, out var sent)) other?.Connection.Credit(other, sent);
    }

    private bool TryDrain(out RelayStream? other, out int sent)
    {
        lock (Gate)
        {
            OpenWaiting();
            for (var left = _waiting.Count; left > 0 && _frames.Length < Limits.OutputBytes; left--)
            {
                var stream = _waiting.Dequeue();
                stream.IsQueued = false;
                if (stream.IsClosed || stream.Waiting is not { Request: null } waiting) continue;
                other = stream.Other;
                sent = DrainTurn(stream, waiting);
                if (stream.Waiting is not null) Enqueue(stream);
                if (sent > 0) return true;
            }
        }

        (other, sent) = (null, 0);
        return false;
    }

    private int DrainTurn(RelayStream stream, WaitingBody waiting)
    {
        var sent = 0;
        while (true)
        {
            var length = (int)Math.Min(Math.Min(waiting.Bytes.Length, FrameHeader.MaximumPayload), Math.Min(stream.SendWindow, _connectionSendWindow));
            if (waiting.Bytes.Length > 0 && (length <= 0 || sent >= Turn)) return sent;

            var isAll = length == waiting.Bytes.Length;
            var isLast = isAll && waiting is { IsLast: true };
            if (length > 0 && !MaySendPiece(length, isLast)) return sent;
            _unreadPieces.Sent(stream, length, isLast || length == 0);
            if (length > 0 || isLast) _frames.Add(FrameType.Data, isLast ? FrameFlags.EndStream : FrameFlags.None, stream.Id, waiting.Bytes[..length]);
            waiting.Take(length);
            stream.SendWindow -= length;
            _connectionSendWindow -= length;
            sent += length;
            if (length > 0) Progress(stream, waiting);
            if (!isAll) continue;

            stream.Waiting = null;
            stream.OutputEnded = isLast;
            if (waiting.Trailers is { } trailers)
            {
                AddHeaders(stream, trailers, isLast: true);
                stream.OutputEnded = true;
            }

            CloseIfEnded(stream);
            if (waiting.Reset is { } code && !stream.IsClosed) AddReset(stream, code);
            waiting.Dispose();
            return sent;
        }
    }

    private void Progress(RelayStream stream, WaitingBody waiting)
    {
        waiting.Since = Clock.GetTimestamp();
        stream.Call?.Touch(waiting.Since);
    }
}
