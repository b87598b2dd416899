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
        lock (_lock) _blockSince = _clock.GetTimestamp();
        Collect(payload);
    }

    private void OnContinuation(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (_blockStream == 0) throw Broken("There is no block of headers to go on with.");
        if (++_blockFrames > _limits.Continuations) throw new Http2Exception(Http2ErrorCode.EnhanceYourCalm, "Headers come without end.");
        Collect(payload);
        if (!header.Has(FrameFlags.EndHeaders)) return;

        lock (_lock) _blockSince = null;
        _blockStream = 0;
        OnBlock(header.StreamId, _block.AsSpan(0, _blockLength), _isBlockLast);
        _block = [];
    }

    private void Collect(ReadOnlySpan<byte> fragment)
    {
        var length = _blockLength + fragment.Length;
        if (length > _limits.HeaderBytes) throw new Http2Exception(Http2ErrorCode.EnhanceYourCalm, "A block of headers is too large.");
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
        lock (_lock)
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
        }

        if (isNew) OnRequest(stream, isLast);
        else if (!IsServer && !stream.IsReplied) OnAnswer(stream, isLast);
        else OnTrailers(stream, isLast);
    }

    private RelayStream? Accept(int streamId)
    {
        if (!_isClosing && !_isOver && _streams.Count < _limits.ConcurrentStreams)
        {
            var stream = new RelayStream(this, streamId, _initialSendWindow, _limits.StreamWindow);
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
            lock (_lock) AddAnswer(stream, HeadersTooLarge);
        }
        else if (!HeaderRules.IsRequest(_fields))
        {
            lock (_lock) AddReset(stream, Http2ErrorCode.ProtocolError);
        }
        else if (_router!.TryRoute(stream, _fields, isLast))
        {
            Touch(stream.Other!.Connection);
        }
        else
        {
            lock (_lock) AddReset(stream, Http2ErrorCode.RefusedStream);
        }
    }

    private void OnAnswer(RelayStream stream, bool isLast)
    {
        if (stream.Other is not { } other) return;
        var status = _fields.IsTooLarge ? null : HeaderRules.StatusOf(_fields);
        Touch(other.Connection);
        if (status is not { } known || (known < 200 && isLast) || known == 101)
        {
            Drop(stream, Http2ErrorCode.ProtocolError);
            other.Connection.Lost(other, "The answer is malformed.", Http2ErrorCode.InternalError);
            return;
        }

        if (known >= 200)
        {
            stream.IsReplied = true;
            stream.Call?.Answered(known, _fields);
            other.IsAnswered = true;
        }

        other.Connection.PassHeaders(other, _fields, isLast);
        if (isLast) lock (_lock) CloseIfEnded(stream);
    }

    private void OnTrailers(RelayStream stream, bool isLast)
    {
        if (stream.Other is not { } other) return;
        Touch(other.Connection);
        if (!isLast || _fields.IsTooLarge || !HeaderRules.AreTrailers(_fields))
        {
            Drop(stream, Http2ErrorCode.ProtocolError);
            other.Connection.Lost(other, "The trailers are malformed.", Http2ErrorCode.InternalError);
            return;
        }

        other.Connection.PassHeaders(other, _fields, isLast: true);
        lock (_lock) CloseIfEnded(stream);
    }

    private void Drop(RelayStream stream, Http2ErrorCode code)
    {
        lock (_lock)
        {
            if (!stream.IsClosed) AddReset(stream, code);
        }
    }

    private static RelayAnswer HeadersTooLarge { get; } = new(431, "text/plain", "The request's headers are too large."u8.ToArray());
}
