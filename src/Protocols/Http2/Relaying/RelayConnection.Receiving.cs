using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http2.Relaying;

// What comes in. Only one thread at a time reads.
public sealed partial class RelayConnection
{
    // What of one side's may wait to go on with what comes after it.
    private const int HeldBytes = 64 * 1024;

    // As many connections as callers in HTTP/2 have.
    private const int FewTouched = 8;

    // Of what the other side says, as it goes into logs.
    private const int MostOfComplaint = 100;

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    private readonly HpackDecoder _decoder = new();
    private readonly HeaderFields _fields;
    private readonly List<RelayEnd> _touched = [];
    private byte[] _scratch = [];
    private bool _isIntroduced;
    private long _lastHeard;
    private bool _isAsked;
    private int _resets;
    private int _resetsAtOnce;
    private long _piece;

    private void Introduce()
    {
        if (IsServer)
        {
            _frames.AddSettings(
                (SettingId.MaximumConcurrentStreams, Limits.ConcurrentStreams),
                (SettingId.InitialWindowSize, Limits.StreamWindow),
                (SettingId.MaximumHeaderListSize, Limits.HeaderBytes));
        }
        else
        {
            _frames.AddRaw(Preface);
            _frames.AddSettings(
                (SettingId.EnablePush, 0), (SettingId.InitialWindowSize, Limits.StreamWindow), (SettingId.MaximumHeaderListSize, Limits.HeaderBytes));
        }

        _frames.Add(FrameType.WindowUpdate, 0, Limits.ConnectionWindow - DefaultWindow);
    }

    private async Task ReadAsync()
    {
        var isPrefaceNext = IsServer;
        var held = 0L;
        while (true)
        {
            // What has come already goes on together with what came before it; where little is to be done it goes at once.
            var mayWait = held < HeldBytes && (held >= FrameHeader.MaximumPayload || _streams.Count > FewStreams);
            if (!mayWait) FlushTouched();
            var reading = _input.ReadAsync();
            var waits = mayWait && reading.IsCompleted;
            if (mayWait && !waits) FlushTouched();
            if (!waits) held = 0;
            var read = await reading;
            Volatile.Write(ref _lastHeard, Clock.GetTimestamp());
            _piece++;
            var rest = read.Buffer;
            if (isPrefaceNext) isPrefaceNext = !TryTakePreface(ref rest);
            if (!isPrefaceNext) Receive(ref rest);
            held += read.Buffer.Length - rest.Length;
            _input.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted || IsOver(read.IsCanceled)) return;
        }
    }

    private bool IsOver(bool isWoken)
    {
        if (!isWoken) return false;
        lock (Gate) return _isOver || (_isClosing && _streams.Count == 0);
    }

    private static bool TryTakePreface(ref ReadOnlySequence<byte> input)
    {
        if (input.Length < Preface.Length) return false;
        Span<byte> start = stackalloc byte[Preface.Length];
        input.Slice(0, Preface.Length).CopyTo(start);
        if (!start.SequenceEqual(Preface)) throw new Http2Exception(Http2ErrorCode.ProtocolError, "The connection preface is missing.");
        input = input.Slice(Preface.Length);
        return true;
    }

    private void Receive(ref ReadOnlySequence<byte> input)
    {
        while (FrameReader.TryRead(ref input, out var header, out var payload))
        {
            if (!_isIntroduced)
            {
                if (header.Type != FrameType.Settings || header.Has(FrameFlags.Ack)) throw Broken("The first frame is not SETTINGS.");
                Receive(header, payload);
                lock (Gate) _isIntroduced = true;
                _introduced.TrySetResult();
                continue;
            }

            if (_blockStream != 0 && (header.Type != FrameType.Continuation || header.StreamId != _blockStream)) throw Broken("A block of headers is interrupted.");
            Receive(header, payload);
        }
    }

    private void Receive(FrameHeader header, in ReadOnlySequence<byte> payload)
    {
        if (header.Type == FrameType.Data) OnData(header, payload);
        else OnFrame(header, Whole(payload));
    }

    private ReadOnlySpan<byte> Whole(in ReadOnlySequence<byte> payload)
    {
        if (payload.IsSingleSegment) return payload.FirstSpan;
        var length = (int)payload.Length;
        if (_scratch.Length < length) _scratch = new byte[length];
        payload.CopyTo(_scratch);
        return _scratch.AsSpan(0, length);
    }

    private void OnFrame(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        switch (header.Type)
        {
            case FrameType.Headers:
                OnHeaders(header, payload);
                break;
            case FrameType.Continuation:
                OnContinuation(header, payload);
                break;
            case FrameType.ResetStream:
                Require(header.StreamId != 0 && payload.Length == sizeof(int));
                OnReset(header.StreamId, (Http2ErrorCode)BinaryPrimitives.ReadInt32BigEndian(payload));
                break;
            case FrameType.WindowUpdate:
                Require(payload.Length == sizeof(int));
                OnWindowUpdate(header.StreamId, BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue);
                break;
            case FrameType.Settings:
                Require(header.StreamId == 0 && (header.Has(FrameFlags.Ack) ? payload.IsEmpty : payload.Length % 6 == 0));
                if (!header.Has(FrameFlags.Ack)) OnSettings(payload);
                break;
            case FrameType.Ping:
                Require(header.StreamId == 0 && payload.Length == sizeof(long));
                if (header.Has(FrameFlags.Ack)) lock (Gate) _isAsked = false;
                else Answer(FrameType.Ping, payload);
                break;
            case FrameType.GoAway:
                Require(header.StreamId == 0 && payload.Length >= sizeof(long));
                OnGoAway(payload);
                break;
            case FrameType.Priority:
                Require(header.StreamId != 0 && payload.Length == 5);
                break;
            case FrameType.PushPromise:
                throw Broken("Nothing was said to be pushed.");
        }
    }

    private void OnData(FrameHeader header, in ReadOnlySequence<byte> payload)
    {
        var data = payload;
        if (header.Has(FrameFlags.Padded))
        {
            Require(!payload.IsEmpty && payload.FirstSpan[0] < payload.Length);
            data = payload.Slice(1, payload.Length - 1 - payload.FirstSpan[0]);
        }

        var isLast = header.Has(FrameFlags.EndStream);
        var isRight = true;
        RelayStream? other;
        RelayStream? stream;
        lock (Gate)
        {
            _connectionReceiveWindow -= header.Length;
            if (_connectionReceiveWindow < 0) throw new Http2Exception(Http2ErrorCode.FlowControlError, "More is sent than the connection's window allows.");
            stream = Find(header.StreamId);
            other = stream?.Other;
            if (stream is not null)
            {
                stream.ReceiveWindow -= header.Length;
                if (stream.ReceiveWindow < 0) throw new Http2Exception(Http2ErrorCode.FlowControlError, "More is sent than the stream's window allows.");
                if (stream.InputEnded || (!IsServer && !stream.IsReplied)) throw Broken("A body comes where none is expected.");
                stream.IsBegun = true;
                HasRead(stream);
                stream.BytesToCome -= data.Length;
                isRight = !(stream.BytesToCome < 0 || (isLast && stream.BytesToCome > 0));
                if (isLast && isRight)
                {
                    stream.InputEnded = true;
                    CloseIfEnded(stream);
                }
            }
        }

        if (other is null)
        {
            Credit(stream, header.Length);
            return;
        }

        Touch(other.Connection);
        if (!isRight)
        {
            Credit(stream, header.Length);
            Refuse(stream!, other, "The body is not as long as its fields say.");
            return;
        }

        var padding = header.Length - (int)data.Length;
        stream!.Call?.Passed(IsServer, (int)data.Length, _lastHeard);
        if (other.Connection.PassData(other, data, isLast)) Credit(stream, header.Length);
        else if (padding > 0) Credit(stream, padding);
    }

    private void OnReset(int streamId, Http2ErrorCode code)
    {
        RelayStream? other;
        lock (Gate)
        {
            var stream = Find(streamId);
            if (stream is null) return;
            other = stream.Other;
            // Before it is closed: what ends with the connection is told to the other side, and so would this one be.
            if (IsServer && !stream.IsAnswered && !MayReset(stream)) throw new Http2Exception(Http2ErrorCode.EnhanceYourCalm, "Too many requests are taken back.");
            Close(stream);
        }

        if (other is null) return;
        Touch(other.Connection);
        if (IsServer || other.IsAnswered) other.Connection.PassReset(other, code);
        else if (code == Http2ErrorCode.RefusedStream) LoseNotTaken(other);
        else other.Connection.Lost(other, $"The stream was reset ({code}).", code);
    }

    private bool MayReset(RelayStream stream) => --_resets >= 0 && (stream.Piece != _piece || --_resetsAtOnce >= 0);

    private void OnSettings(ReadOnlySpan<byte> payload)
    {
        lock (Gate)
        {
            for (; !payload.IsEmpty; payload = payload[6..]) Set((SettingId)BinaryPrimitives.ReadUInt16BigEndian(payload), BinaryPrimitives.ReadUInt32BigEndian(payload[2..]));
        }

        Answer(FrameType.Settings, default);
        Drain();
    }

    private void Set(SettingId id, uint value)
    {
        switch (id)
        {
            case SettingId.HeaderTableSize:
                _encoder.Allow(value);
                break;
            case SettingId.MaximumConcurrentStreams:
                _peerConcurrentStreams = value;
                break;
            case SettingId.MaximumFrameSize:
                Require(value is >= FrameHeader.MaximumPayload and <= 0xFF_FFFF);
                break;
            case SettingId.InitialWindowSize:
                if (value > int.MaxValue) throw new Http2Exception(Http2ErrorCode.FlowControlError, "The window is too large.");
                foreach (var stream in _streams.Values) stream.SendWindow += value - _initialSendWindow;
                _initialSendWindow = value;
                break;
        }
    }

    private void Answer(FrameType type, ReadOnlySpan<byte> payload)
    {
        lock (Gate)
        {
            if (++_unsentAnswers > Limits.UnreadAnswers) throw new Http2Exception(Http2ErrorCode.EnhanceYourCalm, "Answers are asked for and not read.");
            _frames.Add(type, FrameFlags.Ack, 0, payload);
        }
    }

    private void OnGoAway(ReadOnlySpan<byte> payload)
    {
        var lastStreamId = BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue;
        List<RelayStream> notTaken = [];
        lock (Gate)
        {
            _isClosing = true;
            Complaint = Complain(payload[sizeof(int)..]) ?? Complaint;
            if (!IsServer) notTaken = [.. _streams.Values.Where(stream => stream.Id > lastStreamId)];
            foreach (var stream in notTaken) Close(stream);
            notTaken.AddRange(TakeUnopened());
            CloseIfDone();
        }

        _leaving.TrySetResult();
        foreach (var stream in notTaken) LoseNotTaken(stream.Other);
    }

    private static string? Complain(ReadOnlySpan<byte> reason)
    {
        var code = (Http2ErrorCode)BinaryPrimitives.ReadInt32BigEndian(reason);
        if (code == Http2ErrorCode.NoError) return null;
        var words = reason[sizeof(int)..Math.Min(reason.Length, sizeof(int) + MostOfComplaint)];
        return words.IsEmpty || words.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? $"{code}" : $"{code}: {Encoding.ASCII.GetString(words)}";
    }

    /// <summary>A stream that is open; null for one that is closed.</summary>
    private RelayStream? Find(int streamId)
    {
        if (_streams.TryGetValue(streamId, out var stream)) return stream;
        // RFC 9113, section 5.1: nothing may come on a stream that is idle.
        if (streamId == 0 || streamId > _lastStreamId || (streamId & 1) == 0) throw Broken("A frame is for a stream that is not open.");
        return null;
    }

    // Whoever is there twice finds nothing to send the second time; with hundreds it costs more to look for him.
    private void Touch(RelayEnd connection)
    {
        var looked = Math.Min(_touched.Count, FewTouched);
        if (_touched.LastIndexOf(connection, _touched.Count - 1, looked) < 0) _touched.Add(connection);
    }

    private void FlushTouched()
    {
        foreach (var connection in _touched) connection.Flush();
        _touched.Clear();
        Flush();
    }

    private static void Require(bool isRight)
    {
        if (!isRight) throw Broken("A frame makes no sense.");
    }

    private static Http2Exception Broken(string why) => new(Http2ErrorCode.ProtocolError, why);
}
