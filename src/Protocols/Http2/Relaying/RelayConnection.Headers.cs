using RestateCloud.Protocols.Http2.Frames;

namespace RestateCloud.Protocols.Http2.Relaying;

// Blocks of headers: requests, answers, trailers.
public sealed partial class RelayConnection
{
    private byte[] _block = [];
    private int _blockLength;
    private int _blockStream;
    private int _blockFrames;
    private bool _isBlockLast;
    private long? _blockSince;

    private void OnHeaders(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        // Only clients open streams.
        Require((header.StreamId & 1) == 1);
        if (header.Has(FrameFlags.Padded))
        {
            Require(!payload.IsEmpty && payload[0] < payload.Length);
            payload = payload[1..^payload[0]];
        }

        if (header.Has(FrameFlags.Priority))
        {
            Require(payload.Length >= 5);
            payload = payload[5..];
        }

        var isLast = header.Has(FrameFlags.EndStream);
        if (header.Has(FrameFlags.EndHeaders))
        {
            OnBlock(header.StreamId, payload, isLast);
            return;
        }

        (_blockStream, _isBlockLast, _blockFrames, _blockLength) = (header.StreamId, isLast, 0, 0);
        lock (Gate) _blockSince = Clock.GetTimestamp();
        Collect(payload);
    }

    private void OnContinuation(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (_blockStream == 0) throw Broken("There is no block of headers to go on with.");
        if (++_blockFrames > Limits.Continuations) throw new Http2Exception(Http2ErrorCode.EnhanceYourCalm, "Headers come without end.");
        Collect(payload);
        if (!header.Has(FrameFlags.EndHeaders)) return;

        lock (Gate) _blockSince = null;
        _blockStream = 0;
        OnBlock(header.StreamId, _block.AsSpan(0, _blockLength), _isBlockLast);
        _block = [];
    }

    private void Collect(ReadOnlySpan<byte> fragment)
    {
        var length = _blockLength + fragment.Length;
        if (length > Limits.HeaderBytes) throw new Http2Exception(Http2ErrorCode.EnhanceYourCalm, "A block of headers is too large.");
        if (_block.Length < length) Array.Resize(ref _block, Math.Max(length, 2 * _block.Length));
        fragment.CopyTo(_block.AsSpan(_blockLength));
        _blockLength = length;
    }

    private void OnBlock(int streamId, ReadOnlySpan<byte> block, bool isLast)
    {
        // Also of streams that nobody wants: the table is that of the connection.
        _fields.Clear();
        _decoder.Decode(block, _fields);

        RelayStream? stream;
        var isNew = false;
        lock (Gate)
        {
            if (IsServer && streamId > _lastStreamId)
            {
                _lastStreamId = streamId;
                if ((stream = Accept(streamId)) is null) return;
                isNew = true;
            }
            else
            {
                stream = Find(streamId);
            }

            if (stream is null) return;
            if (stream.InputEnded) throw Broken("Headers come after the end of a stream.");
            stream.InputEnded = isLast;
            HasRead(stream);
        }

        if (isNew) OnRequest(stream, isLast);
        else if (!IsServer && !stream.IsReplied) OnAnswer(stream, isLast);
        else OnTrailers(stream, isLast);
    }

    private RelayStream? Accept(int streamId)
    {
        if (!_isClosing && !_isOver && _streams.Count < Limits.ConcurrentStreams)
        {
            var stream = new RelayStream(this, streamId, _initialSendWindow, Limits.StreamWindow) { Piece = _piece };
            _streams.Add(streamId, stream);
            return stream;
        }

        _frames.Add(FrameType.ResetStream, streamId, (int)Http2ErrorCode.RefusedStream);
        Bound();
        return null;
    }

    private void OnRequest(RelayStream stream, bool isLast)
    {
        if (_fields.IsTooLarge)
        {
            lock (Gate) AddAnswer(stream, HeadersTooLarge);
        }
        else if (!HeaderRules.IsRequest(_fields) || !HeaderRules.TryReadLength(_fields, out var length) || (isLast && length > 0))
        {
            lock (Gate) AddReset(stream, Http2ErrorCode.ProtocolError);
        }
        else if (Route(stream, length, isLast))
        {
            if (stream.Other is { } other) Touch(other.Connection);
        }
        else
        {
            lock (Gate) AddReset(stream, Http2ErrorCode.RefusedStream);
        }
    }

    // What its fields say counts from before anybody else hears of it.
    private bool Route(RelayStream stream, long? length, bool isLast)
    {
        stream.BytesToCome = length;
        return _router!.TryRoute(stream, _fields, isLast);
    }

    private void OnAnswer(RelayStream stream, bool isLast)
    {
        var status = _fields.IsTooLarge ? null : HeaderRules.StatusOf(_fields);
        if (status is not { } known || (known < 200 && isLast) || known == 101 || !HeaderRules.TryReadLength(_fields, out var length))
        {
            Refuse(stream, stream.Other, "The answer is malformed.");
            return;
        }

        if (known >= 200)
        {
            stream.IsReplied = true;
            // RFC 9110, section 6.4.1.
            stream.BytesToCome = stream.IsHead || known is 204 or 304 ? 0 : length;
            if (isLast && stream.BytesToCome > 0)
            {
                Refuse(stream, stream.Other, "The answer has not the body that its fields say.");
                return;
            }

            stream.Call?.Touch(_lastHeard);
            stream.Call?.Answered(known, _fields);
            stream.Own?.Answered(known, _fields.Clone());
        }

        if (stream.Other is { } other)
        {
            if (known >= 200) other.IsAnswered = true;
            Touch(other.Connection);
            other.Connection.PassHeaders(other, _fields, isLast);
        }

        if (isLast) lock (Gate) CloseIfEnded(stream);
    }

    private void OnTrailers(RelayStream stream, bool isLast)
    {
        if (!isLast || stream.BytesToCome > 0 || _fields.IsTooLarge || !HeaderRules.AreTrailers(_fields))
        {
            Refuse(stream, stream.Other, "The trailers are malformed.");
            return;
        }

        lock (Gate) stream.IsBegun = true;
        if (stream.Other is { } other)
        {
            Touch(other.Connection);
            other.Connection.PassHeaders(other, _fields, isLast: true);
        }

        lock (Gate) CloseIfEnded(stream);
    }

    /// <summary>Ends a request whose messages are not what they should be, towards both sides.</summary>
    private void Refuse(RelayStream stream, RelayStream? other, string why)
    {
        Drop(stream, Http2ErrorCode.ProtocolError);
        if (other is null) return;
        Touch(other.Connection);
        if (IsServer) other.Connection.PassReset(other, Http2ErrorCode.Cancel);
        else other.Connection.Lost(other, why, Http2ErrorCode.InternalError);
    }

    internal override void Drop(RelayStream stream, Http2ErrorCode code)
    {
        lock (Gate)
        {
            if (!stream.IsClosed) AddReset(stream, code);
        }
    }

    private static RelayAnswer HeadersTooLarge { get; } = new(431, "text/plain", "The request's headers are too large."u8.ToArray());
}
