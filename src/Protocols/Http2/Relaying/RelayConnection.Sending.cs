using System.Buffers;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http2.Relaying;

// What goes out. Frames are collected and sent together by whoever comes first.
public sealed partial class RelayConnection
{
    // With few requests in flight each is sent at once; with more, those that are ready together go together.
    private const int FewStreams = 2;

    private const int SmallPiece = 4 * 1024;

    private readonly HpackEncoder _encoder = new();
    private readonly HeaderFields _ownFields;
    private readonly TaskCompletionSource _allSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FrameBuffer _frames = new();
    private FrameBuffer _spareFrames = new();
    private byte[] _encoded = [];
    private bool _isSending;
    private bool _isUnread;
    private long? _sendingSince;
    private int _unsentAnswers;
    private long _batch = 1;
    private long _peerConcurrentStreams = int.MaxValue;

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

    internal override void Flush()
    {
        Send();
        WakeIfDone();
    }

    private void Send()
    {
        var isBusy = false;
        bool mayGoOn;
        List<(RelayStream Sender, int Bytes)>? forfeited;
        lock (Gate)
        {
            OpenWaiting();
            (forfeited, _forfeited) = (_forfeited, null);
            (mayGoOn, _mayGoOn) = (_mayGoOn, false);
            if (!_isUnread && forfeited is null && !mayGoOn)
            {
                if (_isSending || _frames.Length == 0) return;
                (_isSending, isBusy) = (true, _streams.Count > FewStreams);
            }
        }

        if (forfeited is not null || mayGoOn)
        {
            foreach (var (sender, bytes) in forfeited ?? []) sender.Connection.Credit(sender, bytes);
            if (mayGoOn) Drain();
            Send();
            return;
        }

        if (_isUnread) Abort("The other side does not read.");
        else if (isBusy) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else _ = SendAsync();
    }

    private async Task SendAsync()
    {
        try
        {
            while (TakeFrames() is { } frames)
            {
                var result = await _output.WriteAsync(frames.Bytes);
                if (result.IsCompleted) throw new IOException("The connection is closed.");
                Sent(frames);
                Drain();
            }

            WakeIfDone();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // Nobody sends any more, and what waits is of no use.
            _allSent.TrySetResult();
            Abort(e.Message);
        }
    }

    // Ends within a time: who does not read is cut off after it.
    private async Task SentAsync()
    {
        lock (Gate)
        {
            if (!_isSending) return;
        }

        await Task.WhenAny(_allSent.Task, Task.Delay(Limits.CloseTime, Clock));
    }

    private FrameBuffer? TakeFrames()
    {
        lock (Gate)
        {
            if (_frames.Length == 0)
            {
                _isSending = false;
                _frames.Clear();
                _spareFrames.Clear();
                if (_isOver) _allSent.TrySetResult();
                return null;
            }

            (_frames, _spareFrames) = (_spareFrames, _frames);
            _batch++;
            _sendingSince = Clock.GetTimestamp();
            return _spareFrames;
        }
    }

    private void Sent(FrameBuffer frames)
    {
        lock (Gate)
        {
            frames.Empty();
            _sendingSince = null;
            _unsentAnswers = 0;
        }
    }

    private void AddHeaders(RelayStream stream, HeaderFields fields, bool isLast)
    {
        var room = HpackEncoder.MaximumLength(fields);
        if (_encoded.Length < room) _encoded = new byte[Math.Max(1024, room)];
        _frames.AddHeaders(stream.Id, _encoded.AsSpan(0, _encoder.Encode(fields, _encoded)), isLast);
        Bound();
    }

    // What comes of it is for whoever sends, not in the middle of this.
    private void Bound() => _isUnread |= _frames.Length > Limits.UnreadBytes && !_isOver;

    internal override void PassHeaders(RelayStream stream, HeaderFields fields, bool isLast)
    {
        lock (Gate)
        {
            if (stream.IsClosed || stream.OutputEnded) return;
            if (stream.Waiting is { } waiting)
            {
                waiting.Trailers = fields.Clone();
                return;
            }

            AddHeaders(stream, fields, isLast);
            stream.OutputEnded = isLast;
            CloseIfEnded(stream);
        }
    }

    internal override bool PassData(RelayStream stream, in ReadOnlySequence<byte> data, bool isLast)
    {
        lock (Gate)
        {
            if (stream.IsClosed || stream.OutputEnded) return true;
            if (stream.Waiting is null && MaySend(stream, data.Length, isLast))
            {
                AddData(stream, data, isLast);
                return true;
            }

            var waiting = stream.Waiting ??= new WaitingBody(Clock.GetTimestamp());
            waiting.Add(data);
            waiting.IsLast = isLast;
            Enqueue(stream);
            var room = Math.Min(stream.SendWindow, _connectionSendWindow);
            // It may be the small piece that others wait with, and small no longer; or a part of it may go, and nobody would come for that:
            // who receives need not make his window larger before it is used up.
            _mayGoOn |= _isRoundTimed || (room > 0 && waiting.Bytes.Length > room);
            return false;
        }
    }

    // Of each body one frame is sent at a time, and what comes meanwhile is the next one's: servers end connections on which bodies come in many
    // small pieces (h2 since 2026-08, with which hyper and the official tunnel client are made).
    private bool MaySend(RelayStream stream, long length, bool isLast)
    {
        if (length > stream.SendWindow || length > _connectionSendWindow || _frames.Length >= Limits.OutputBytes) return false;
        if (_frames.GoesOn(stream.Id, length)) return true;
        return (stream.Batch != _batch || length >= SmallPiece) && MaySendPiece(length, isLast);
    }

    private void AddData(RelayStream stream, in ReadOnlySequence<byte> data, bool isLast)
    {
        if (!_frames.GoesOn(stream.Id, data.Length)) _unreadPieces.Sent(stream, data.Length, isLast);
        _frames.AddData(stream.Id, data, isLast);
        stream.Batch = _batch;
        stream.SendWindow -= data.Length;
        _connectionSendWindow -= data.Length;
        stream.OutputEnded = isLast;
        CloseIfEnded(stream);
    }

    internal override void PassReset(RelayStream stream, Http2ErrorCode code)
    {
        lock (Gate)
        {
            if (stream.IsClosed) return;
            if (code == Http2ErrorCode.NoError && stream.Waiting is { } waiting) waiting.Reset = code;
            else AddReset(stream, code);
        }
    }

    private void AddReset(RelayStream stream, Http2ErrorCode code)
    {
        // Callers may take these for the end of an answer that has none (hyper does).
        if (IsServer && !stream.OutputEnded && (code is Http2ErrorCode.NoError or Http2ErrorCode.Cancel)) code = Http2ErrorCode.InternalError;
        if (stream.Id != 0) _frames.Add(FrameType.ResetStream, stream.Id, (int)code);
        Close(stream);
        Bound();
    }

    internal override void Lost(RelayStream stream, string why, Http2ErrorCode code, RelayFailure failure = RelayFailure.Lost)
    {
        RelayEnd? next = null;
        lock (Gate)
        {
            if (stream.IsClosed) return;
            if (failure == RelayFailure.NotTaken && !stream.IsBegun && stream.Call?.TryAgain(stream, stream.InputEnded) == true) next = stream.Other!.Connection;
            else if (IsServer && !stream.IsAnswered && stream.Call?.Failed(failure, why) is { } answer) AddAnswer(stream, answer);
            else AddReset(stream, code);
        }

        next?.Flush();
    }

    private void AddAnswer(RelayStream stream, RelayAnswer answer)
    {
        answer.Write(_ownFields);
        AddHeaders(stream, _ownFields, isLast: false);
        stream.IsAnswered = true;
        var body = new ReadOnlySequence<byte>(answer.Body);
        if (stream.SendWindow < body.Length || _connectionSendWindow < body.Length) AddReset(stream, Http2ErrorCode.InternalError);
        else AddData(stream, body, isLast: true);
        // What is left of the request is not wanted (RFC 9113, section 8.1).
        if (!stream.IsClosed) AddReset(stream, Http2ErrorCode.NoError);
    }
}
