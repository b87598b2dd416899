using System.IO.Pipelines;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>
/// One side of an HTTP/2 connection (RFC 9113) whose streams go on, frame by frame, on those of other connections. Bodies keep to the windows
/// of whoever receives them; what of them is kept meanwhile is bounded by the windows given here. .NET has neither an HTTP/2 client on a
/// connection that was accepted nor a way to pass frames on: a server and a client between two connections cost several times as much.
/// </summary>
public sealed partial class RelayConnection : RelayTarget, IThreadPoolWorkItem
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(5);

    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly IRequestRouter? _router;
    private readonly Dictionary<int, RelayStream> _streams = [];
    private readonly TaskCompletionSource _leaving = new();
    private readonly TaskCompletionSource _introduced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastStreamId;
    private long _idleSince;
    private bool _isClosing;
    private volatile bool _isDone;
    private bool _isOver;

    private RelayConnection(IDuplexPipe transport, IRequestRouter? router, RelayLimits limits, TimeProvider clock)
        : base(limits, clock)
    {
        (_input, _output, _router) = (transport.Input, transport.Output, router);
        (_fields, _ownFields) = (new HeaderFields(limits.HeaderBytes), new HeaderFields(limits.HeaderBytes));
        _idleSince = clock.GetTimestamp();
        (_connectionReceiveWindow, _lastHeard) = (limits.ConnectionWindow, clock.GetTimestamp());
        (_resets, _resetsAtOnce) = (limits.Resets, limits.ResetsAtOnce);
        _unreadPieces = new UnreadPieces(limits.UnreadPieces);
        Introduce();
    }

    /// <summary>
    /// Completes when the other side is about to go away or has gone, or no more requests can be opened: before anybody else is told that it did not take a request, and what
    /// goes on synchronously does so at once.
    /// </summary>
    public Task Leaving => _leaving.Task;

    /// <summary>Completes when the other side has said how it wants to be spoken to, or is over.</summary>
    public Task Introduced => _introduced.Task;

    /// <summary>What the other side has ended the connection for, in its own words; null when it has complained of nothing.</summary>
    public string? Complaint { get; private set; }

    /// <summary>Whether requests can be opened on it now.</summary>
    public bool TakesRequests
    {
        get
        {
            lock (Gate) return MayOpen;
        }
    }

    private bool IsServer => _router is not null;

    private bool MayOpen => !IsServer && _isIntroduced && !_isClosing && !_isOver && _streams.Count < _peerConcurrentStreams && HasStreams;

    /// <summary>The side that is asked.</summary>
    /// <param name="transport">The bytes; its owner's to complete.</param>
    /// <param name="router">Where requests go.</param>
    /// <param name="limits">How much the other side may take.</param>
    /// <param name="clock">The time.</param>
    public static RelayConnection Server(IDuplexPipe transport, IRequestRouter router, RelayLimits limits, TimeProvider clock) =>
        new(transport, router, limits, clock);

    /// <summary>The side that asks.</summary>
    /// <param name="transport">The bytes; its owner's to complete.</param>
    /// <param name="limits">How much the other side may take.</param>
    /// <param name="clock">The time.</param>
    public static RelayConnection Client(IDuplexPipe transport, RelayLimits limits, TimeProvider clock) => new(transport, null, limits, clock);

    /// <summary>Relays until the connection is over, in whatever way.</summary>
    public async Task RunAsync()
    {
        Flush();
        await using var timer = Clock.CreateTimer(static connection => ((RelayConnection)connection!).Tick(), this, TickPeriod, TickPeriod);
        try
        {
            await ReadAsync();
        }
        catch (Http2Exception e)
        {
            End(e.Message, e.Code);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            End(e.Message);
        }
        finally
        {
            End("The connection is closed.");
            FlushTouched();
        }

        await SentAsync();
        lock (Gate) _roundTimer?.Dispose();
    }

    /// <summary>Says that it takes no more requests, and ends once those that are on it have.</summary>
    public void Shutdown()
    {
        List<RelayStream> unopened;
        lock (Gate)
        {
            if (_isClosing || _isOver) return;
            _isClosing = true;
            _frames.AddGoAway(IsServer ? _lastStreamId : 0, Http2ErrorCode.NoError);
            unopened = TakeUnopened();
            CloseIfDone();
        }

        Flush();
        foreach (var stream in unopened) LoseNotTaken(stream.Other);
    }

    /// <summary>Ends it at once.</summary>
    /// <param name="why">What callers are told whose requests are on it.</param>
    public void Abort(string why)
    {
        End(why);
        _input.CancelPendingRead();
    }

    private void CloseIfDone()
    {
        if (_isClosing && _streams.Count == 0) _isDone = true;
    }

    // Not in the lock: whoever reads may go on at once, on this thread.
    private void WakeIfDone()
    {
        if (!_isDone) return;
        _isDone = false;
        _input.CancelPendingRead();
    }

    private void End(string why, Http2ErrorCode? code = null)
    {
        List<RelayStream> lost;
        List<RelayStream> unopened;
        lock (Gate)
        {
            if (_isOver) return;
            (_isOver, _isUnread) = (true, false);
            if (code is { } reason) _frames.AddGoAway(IsServer ? _lastStreamId : 0, reason);
            lost = [.. _streams.Values];
            foreach (var stream in lost) Close(stream);
            unopened = TakeUnopened();
        }

        Flush();
        _introduced.TrySetResult();
        _leaving.TrySetResult();
        foreach (var stream in lost) Lose(stream.Other, why, Http2ErrorCode.Cancel);
        foreach (var stream in unopened) LoseNotTaken(stream.Other);
    }

    /// <summary>Tells the other side of a request that there is nobody on this one any more.</summary>
    private static void Lose(RelayStream? other, string why, Http2ErrorCode code, RelayFailure failure = RelayFailure.Lost)
    {
        if (other is null) return;
        other.Connection.Lost(other, why, code, failure);
        other.Connection.Flush();
    }

    private static void LoseNotTaken(RelayStream? other) =>
        Lose(other, "The connection is closing and did not take the call.", Http2ErrorCode.RefusedStream, RelayFailure.NotTaken);

    private void Close(RelayStream stream)
    {
        if (stream.IsClosed) return;
        stream.IsClosed = true;
        if (stream.Waiting is { } waiting)
        {
            // It will not be sent, and no longer stands in the way of other bodies.
            if (stream.Other is { } other && waiting.Bytes.Length > 0) (_forfeited ??= []).Add((other, waiting.Bytes.Length));
            waiting.Dispose();
            stream.Waiting = null;
        }

        HasRead(stream);
        _streams.Remove(stream.Id);
        if (_streams.Count == 0) _idleSince = Clock.GetTimestamp();
        stream.Call?.StreamClosed();
        stream.Own?.StreamClosed();
        CloseIfDone();
    }

    private void CloseIfEnded(RelayStream stream)
    {
        if (stream.InputEnded && stream.OutputEnded) Close(stream);
    }

    private void Tick()
    {
        string? why = null;
        var isIdle = false;
        List<(RelayStream Stream, RelayFailure Failure)>? late = null;
        lock (Gate)
        {
            _resets = (int)Math.Min(Limits.Resets, _resets + (100L * TickPeriod.Seconds));
            _resetsAtOnce = (int)Math.Min(Limits.ResetsAtOnce, _resetsAtOnce + (10L * TickPeriod.Seconds));
            if (_isOver) return;
            isIdle = _streams.Count == 0 && Limits.IdleTime is { } idleTime && Clock.GetElapsedTime(_idleSince) > idleTime;
            var silence = Clock.GetElapsedTime(Volatile.Read(ref _lastHeard));
            if (_sendingSince is { } since && Clock.GetElapsedTime(since) > Limits.Patience) why = "The other side does not read.";
            else if (_blockSince is { } begun && Clock.GetElapsedTime(begun) > Limits.Patience) why = "The other side does not go on with a block of headers.";
            else if (silence > Limits.PingDelay + Limits.Patience) why = "The other side does not answer.";
            else if (silence > Limits.PingDelay && !_isAsked) Ask();
            if (IsServer && (Limits.SilenceTime ?? Limits.StallTime) is not null) late = FindLate();
        }

        foreach (var (stream, failure) in late ?? []) GiveUp(stream, failure);
        if (why is not null) Abort(why);
        else if (isIdle) Shutdown();
        else Flush();
    }

    private List<(RelayStream Stream, RelayFailure Failure)>? FindLate()
    {
        List<(RelayStream Stream, RelayFailure Failure)>? late = null;
        foreach (var stream in _streams.Values)
        {
            if (stream.Call is { } call && Clock.GetElapsedTime(call.LastActive) > Limits.SilenceTime) (late ??= []).Add((stream, RelayFailure.Silent));
            else if (stream.Waiting is { } waiting && Clock.GetElapsedTime(waiting.Since) > Limits.StallTime) (late ??= []).Add((stream, RelayFailure.Stalled));
        }

        return late;
    }

    private void Ask()
    {
        _isAsked = true;
        _frames.Add(FrameType.Ping, FrameFlags.None, 0, new byte[8]);
    }
}
