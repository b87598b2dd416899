using System.Buffers;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Http1.Relaying;

// What comes in. Only one thread at a time reads.
public sealed partial class Http1Caller
{
    private readonly HeaderFields _fields;
    private readonly BodyDecoder _body;
    private RelayEnd? _touched;

    private enum Next
    {
        /// <summary>More has to come, or the caller has to leave: also while an answer is awaited, and what comes meanwhile is left where it is.</summary>
        Read,

        /// <summary>No more is to come until there is room for it.</summary>
        Wait,

        /// <summary>The connection is over.</summary>
        End,

        /// <summary>It is somebody else's.</summary>
        Leave,
    }

    private async Task<bool> ReadAsync()
    {
        while (true)
        {
            var read = await _input.ReadAsync();
            var rest = read.Buffer;
            var next = Receive(ref rest);
            _input.AdvanceTo(rest.Start, next == Next.Read ? rest.End : rest.Start);
            FlushTouched();
            if (next == Next.Leave) return true;
            if (next == Next.End || (next == Next.Read && read.IsCompleted)) return false;
            if (next == Next.Wait) await ChangeAsync();
        }
    }

    private Next Receive(ref ReadOnlySequence<byte> rest)
    {
        while (true)
        {
            if (_isOver) return Next.End;
            var stream = _stream;
            if ((stream is null ? Begin(ref rest) : PassBody(stream, ref rest)) is { } next) return next;
            if (stream is not null && Finish(stream, rest.Length) is { } wait) return wait;
        }
    }

    /// <summary>Begins the next call; null when it has begun.</summary>
    private Next? Begin(ref ReadOnlySequence<byte> rest)
    {
        lock (Gate)
        {
            if (_isClosing) return Next.End;
            if (rest.IsEmpty) return Next.Read;
            if (_isLeft) return Next.Leave;
            // Of a caller who asks and does not read.
            if (IsFull) return Next.Wait;
        }

        if (!TryFindHead(rest, out var lines)) return Next.Leave;
        if (lines.IsEmpty)
        {
            lock (Gate) _headSince ??= Clock.GetTimestamp();
            return Next.Read;
        }

        if (RequestHead.Read(lines, _fields) is not { } head || !TryRoute(head)) return Next.Leave;
        rest = rest.Slice(lines.Length + 2);
        return null;
    }

    private bool TryFindHead(in ReadOnlySequence<byte> input, out ReadOnlySpan<byte> lines)
    {
        try
        {
            if (!FieldLines.TryFind(input, Limits.HeaderBytes, out lines)) lines = default;
            return true;
        }
        catch (Http1Exception)
        {
            lines = default;
            return false;
        }
    }

    private bool TryRoute(RequestHead head)
    {
        var isLast = head.BodyLength == 0;
        var stream = new RelayStream(this, 1, 0, Limits.StreamWindow) { InputEnded = isLast, IsHead = head.IsHead };
        lock (Gate) (_stream, _headSince, _unwantedSince, _unread, _isHeadSent) = (stream, null, null, 0, false);
        if (!_router.TryRoute(stream, _fields, isLast))
        {
            lock (Gate) _stream = null;
            return false;
        }

        if (head.BodyLength is { } length) _body.Begin(length);
        else _body.BeginChunks();
        if (stream.Other is { } other) Touch(other.Connection);
        return true;
    }

    /// <summary>Passes on what has come of a body; null when that is all of it.</summary>
    private Next? PassBody(RelayStream stream, ref ReadOnlySequence<byte> rest)
    {
        while (!_body.IsEnded)
        {
            lock (Gate)
            {
                if (IsFull) return Next.Wait;
            }

            var piece = _body.Take(ref rest, FrameHeader.MaximumPayload);
            if (_body.Trailers is { } known && !HeaderRules.AreTrailers(known)) throw new Http1Exception("The trailers are malformed.");
            if (piece.IsEmpty && !_body.IsEnded) return Next.Read;
            Pass(stream, piece, _body.IsEnded, _body.Trailers);
        }

        return null;
    }

    private void Pass(RelayStream stream, in ReadOnlySequence<byte> piece, bool isLast, HeaderFields? trailers)
    {
        RelayStream? other;
        lock (Gate)
        {
            (stream.IsBegun, stream.InputEnded) = (true, isLast);
            if (isLast) _unwantedSince = null;
            other = stream.IsClosed ? null : stream.Other;
            CloseIfEnded(stream);
        }

        if (other is null) return;
        Touch(other.Connection);
        stream.Call?.Passed(isRequest: true, (int)piece.Length, Clock.GetTimestamp());
        if (trailers is not null)
        {
            other.Connection.PassHeaders(other, trailers, isLast: true);
        }
        else if (!other.Connection.PassData(other, piece, isLast))
        {
            lock (Gate) stream.ReceiveWindow -= (int)piece.Length;
        }
    }

    /// <summary>Forgets a call whose body has ended; null when its answer has too.</summary>
    private Next? Finish(RelayStream stream, long unread)
    {
        lock (Gate)
        {
            _unread = unread;
            if (!stream.IsClosed) return IsFull ? Next.Wait : Next.Read;
            _stream = null;
            return null;
        }
    }

    /// <summary>Waits until there is room, or something else to look at.</summary>
    private Task ChangeAsync()
    {
        lock (Gate)
        {
            if (_isOver || !IsFull) return Task.CompletedTask;
            _change ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _change.Task;
        }
    }

    private bool IsFull => _stream is { } stream
        ? !stream.IsClosed && (stream.InputEnded ? _unread > Limits.HeaderBytes : stream.ReceiveWindow <= 0)
        : !_isClosing && _output.Length > Limits.OutputBytes;

    private void Touch(RelayEnd connection)
    {
        if (_touched == connection) return;
        _touched?.Flush();
        _touched = connection;
    }

    private void FlushTouched()
    {
        _touched?.Flush();
        _touched = null;
    }
}
