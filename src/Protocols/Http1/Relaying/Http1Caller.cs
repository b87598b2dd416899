using System.IO.Pipelines;
using RestateCloud.Protocols.Http2;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Http1.Relaying;

/// <summary>
/// A connection whose caller speaks HTTP/1.1 (RFC 9112), and whose requests go on, one after the other, as streams of connections that speak
/// HTTP/2. Only what is surely plain is taken: at the first request that is not, or that nobody takes, the connection is somebody else's.
/// </summary>
public sealed partial class Http1Caller : RelayEnd
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(5);

    // Who is slower is left to a server that has patience with the slow.
    private static readonly TimeSpan HeadTime = TimeSpan.FromSeconds(5);

    private readonly PipeReader _input;
    private readonly OutputQueue _output;
    private readonly IRequestRouter _router;

    // The call that is in progress, or was last; nobody but who reads begins and forgets one.
    private RelayStream? _stream;
    private TaskCompletionSource? _change;
    private long _idleSince;
    private long? _headSince;
    private long? _unwantedSince;
    private long _unread;
    private bool _isClosing;
    private bool _isLeft;
    private volatile bool _isOver;
    private bool _wakes;

    /// <param name="transport">The bytes; its owner's to complete.</param>
    /// <param name="router">Where requests go; those that it does not take are not consumed.</param>
    /// <param name="limits">How much the caller may take.</param>
    /// <param name="clock">The time.</param>
    public Http1Caller(IDuplexPipe transport, IRequestRouter router, RelayLimits limits, TimeProvider clock)
        : base(limits, clock)
    {
        (_input, _router) = (transport.Input, router);
        _output = new OutputQueue(transport.Output, Gate, clock, OnSent, _ => Abort());
        (_fields, _body) = (new HeaderFields(limits.HeaderBytes), new BodyDecoder(limits.HeaderBytes));
        _idleSince = clock.GetTimestamp();
    }

    /// <summary>Relays until the connection is over, or somebody else's.</summary>
    /// <returns>Whether it is somebody else's from the next byte of its input on. Nothing is in progress on it then.</returns>
    public async Task<bool> RunAsync()
    {
        var isOthers = false;
        await using var timer = Clock.CreateTimer(static caller => ((Http1Caller)caller!).Tick(), this, TickPeriod, TickPeriod);
        try
        {
            isOthers = await ReadAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // There is nobody to tell but those who answer.
        }
        finally
        {
            End();
        }

        var sent = _output.AllSentAsync();
        // Ends within a time: who does not read is cut off after it.
        if (!sent.IsCompleted) await Task.WhenAny(sent, Task.Delay(Limits.CloseTime, Clock));
        return isOthers && sent.IsCompleted;
    }

    /// <summary>Ends the connection once the call that is in progress has ended.</summary>
    public void Shutdown()
    {
        lock (Gate)
        {
            _isClosing = true;
            if (_stream is null or { IsClosed: true }) Wake();
        }

        Flush();
    }

    /// <summary>Ends it at once.</summary>
    public void Abort()
    {
        lock (Gate) CutOff();
        Flush();
    }

    internal override void Flush()
    {
        _output.Send();
        // Not in the lock: whoever reads may go on at once, on this thread.
        if (!Volatile.Read(ref _wakes)) return;
        lock (Gate) _wakes = false;
        _input.CancelPendingRead();
    }

    /// <summary>Nothing more is read, and nothing sent but what waits.</summary>
    private void CutOff()
    {
        _isOver = true;
        Wake();
    }

    /// <summary>Has whoever reads look again, whatever he waits for; to be followed by <see cref="Flush"/>.</summary>
    private void Wake()
    {
        _wakes = true;
        Changed();
    }

    private void Changed()
    {
        _change?.TrySetResult();
        _change = null;
    }

    private void OnSent()
    {
        lock (Gate) Changed();
    }

    private void End()
    {
        RelayStream? other = null;
        lock (Gate)
        {
            _isOver = true;
            if (_stream is { IsClosed: false } stream)
            {
                other = stream.Other;
                Close(stream);
            }
        }

        Flush();
        if (other is null) return;
        other.Connection.PassReset(other, Http2ErrorCode.Cancel);
        other.Connection.Flush();
    }

    private void Close(RelayStream stream)
    {
        stream.IsClosed = true;
        _idleSince = Clock.GetTimestamp();
        if (!stream.InputEnded) _unwantedSince = _idleSince;
        stream.Call?.StreamClosed();
        if (_unread > 0 || _isClosing) Wake();
        else Changed();
    }

    private void CloseIfEnded(RelayStream stream)
    {
        if (stream.InputEnded && stream.OutputEnded && !stream.IsClosed) Close(stream);
    }

    private void Tick()
    {
        RelayStream? late = null;
        RelayFailure failure = default;
        lock (Gate)
        {
            if (_isOver) return;
            if (_headSince is { } begun && Clock.GetElapsedTime(begun) > HeadTime)
            {
                _isLeft = true;
                Wake();
            }

            if (IsTooLate()) CutOff();
            if (_stream is { IsClosed: false } stream)
            {
                if (stream.Call is { } call && Clock.GetElapsedTime(call.LastActive) > Limits.SilenceTime) (late, failure) = (stream, RelayFailure.Silent);
                else if (_output.IsOwing && _output.Delay > Limits.StallTime) (late, failure) = (stream, RelayFailure.Stalled);
            }
        }

        if (late is not null) GiveUp(late, failure);
        Flush();
    }

    private bool IsTooLate()
    {
        if (_output.Delay > Limits.Patience) return true;
        // The rest of a body that nobody wants.
        if (_unwantedSince is { } unwanted && Clock.GetElapsedTime(unwanted) > Limits.CloseTime) return true;
        return _stream is null or { IsClosed: true } && _headSince is null && Clock.GetElapsedTime(_idleSince) > Limits.IdleTime;
    }
}
