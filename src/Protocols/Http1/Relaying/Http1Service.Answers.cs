using System.Buffers;
using RestateCloud.Protocols.Http2;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Http1.Relaying;

// What comes in. Only one thread at a time reads.
public sealed partial class Http1Service
{
    // Before an answer there may be others that say it is not there yet.
    private const int MostInterim = 32;

    // When the other side closes the connection at the same time as a request goes out, nobody knows what became of that.
    private static readonly TimeSpan KeepMargin = TimeSpan.FromSeconds(1);

    private readonly HeaderFields _answer;
    private readonly BodyDecoder _body;
    private int _interim;
    private bool _isHeard;
    private long _lastHeard;
    private bool _isRest;
    private bool _keeps;
    private bool _isKept;

    private async Task ReadAsync()
    {
        while (true)
        {
            var read = await _input.ReadAsync();
            _lastHeard = Clock.GetTimestamp();
            var rest = read.Buffer;
            if (!TryHear(!rest.IsEmpty, out var stream)) return;
            if (stream is null && !rest.IsEmpty) throw new Http1Exception("Something came that was not asked for.");

            if (stream is not null) Receive(stream, ref rest, read.IsCompleted);
            _input.AdvanceTo(rest.Start, rest.End);
            stream?.Other!.Connection.Flush();
            if (read.IsCompleted) return;
            if (stream is not null && WaitForRoom(stream) is { } room) await room;
        }
    }

    /// <summary>Finds whom it is for that has come; false when the connection is over.</summary>
    private bool TryHear(bool isSomething, out RelayStream? stream)
    {
        lock (Gate)
        {
            _isHeard |= isSomething;
            stream = _current;
            return !_isOver;
        }
    }

    private void Receive(RelayStream stream, ref ReadOnlySequence<byte> input, bool isCompleted)
    {
        if (stream.IsReplied || TryTakeHead(stream, ref input)) TakeBody(stream, ref input, isCompleted);
    }

    /// <summary>Takes everything before the body.</summary>
    /// <returns>Whether a body is next.</returns>
    private bool TryTakeHead(RelayStream stream, ref ReadOnlySequence<byte> input)
    {
        while (FieldLines.TryFind(input, Limits.HeaderBytes, out var lines))
        {
            var head = IncomingAnswer.Read(lines, _answer);
            input = input.Slice(lines.Length + 2);
            if (head.Status >= 200)
            {
                OnAnswer(stream, head, isAll: input.IsEmpty);
                return !_body.IsEnded;
            }

            if (head.Status == 101 || ++_interim > MostInterim) throw new Http1Exception("The answer is malformed.");
            if (head.Status != 100) stream.Other!.Connection.PassHeaders(stream.Other, _answer, isLast: false);
        }

        return false;
    }

    private void OnAnswer(RelayStream stream, IncomingAnswer head, bool isAll)
    {
        stream.IsReplied = true;
        _interim = 0;
        Begin(stream, head);
        _keeps = head.Keeps && !_isRest;
        var keepTime = head.KeepSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) - KeepMargin : Limits.IdleTime;
        _keepTime = keepTime > Limits.IdleTime ? Limits.IdleTime : keepTime;

        stream.Call?.Touch(_lastHeard);
        stream.Call?.Answered(head.Status, _answer);
        var other = stream.Other!;
        other.IsAnswered = true;
        var isLast = _body.IsEnded;
        if (isLast) Finish(stream, isAll);
        other.Connection.PassHeaders(other, _answer, isLast);
        if (isLast) Leave(stream);
    }

    // RFC 9112, section 6.3.
    private void Begin(RelayStream stream, IncomingAnswer head)
    {
        _isRest = false;
        if (stream.IsHead || head.Status is 204 or 304)
        {
            _body.Begin(0);
        }
        else if (head.IsChunked)
        {
            _body.BeginChunks();
        }
        else if (head.Length is { } length)
        {
            _body.Begin(length);
        }
        else
        {
            _body.BeginRest();
            _isRest = true;
        }
    }

    private void TakeBody(RelayStream stream, ref ReadOnlySequence<byte> input, bool isCompleted)
    {
        var isEnded = false;
        while (!isEnded)
        {
            var piece = _body.Take(ref input, FrameHeader.MaximumPayload);
            isEnded = _body.IsEnded || (_isRest && isCompleted && input.IsEmpty);
            if (piece.IsEmpty && !isEnded) return;

            var trailers = isEnded ? _body.Trailers : null;
            if (trailers is not null && (!HeaderRules.AreTrailers(trailers) || trailers.Has("content-length"u8))) throw new Http1Exception("The trailers are malformed.");
            stream.Call?.Passed(isRequest: false, (int)piece.Length, _lastHeard);
            if (isEnded) Finish(stream, isAll: input.IsEmpty);
            var other = stream.Other!;
            if (!piece.IsEmpty || trailers is null) PassPiece(stream, other, piece, isLast: isEnded && trailers is null);
            if (trailers is not null) other.Connection.PassHeaders(other, trailers, isLast: true);
        }

        Leave(stream);
    }

    private void PassPiece(RelayStream stream, RelayStream other, in ReadOnlySequence<byte> piece, bool isLast)
    {
        if (other.Connection.PassData(other, piece, isLast)) return;
        lock (Gate) stream.ReceiveWindow -= (int)piece.Length;
    }

    // Before the end of the answer is passed on: whoever gets it may ask for more at once.
    /// <summary>The whole answer has come: another request may be opened, unless something speaks against it.</summary>
    private void Finish(RelayStream stream, bool isAll)
    {
        lock (Gate)
        {
            _isKept = false;
            if (stream.IsClosed) return;
            stream.OutputEnded = IsSent(stream);
            _isKept = stream.OutputEnded && isAll && _keeps && !_isClosing && !_isOver;
            // Nobody opens another on it.
            _isClosing |= !_isKept;
            _idleSince = _lastHeard;
            Close(stream);
        }

        if (_isKept) _idle();
    }

    /// <summary>Everything that has come was passed on.</summary>
    private void Leave(RelayStream stream)
    {
        // What is left of the request is not wanted (RFC 9113, section 8.1).
        if (!stream.OutputEnded) stream.Other!.Connection.PassReset(stream.Other, Http2ErrorCode.NoError);
        if (!_isKept) End("The answer was the last.");
    }
}
