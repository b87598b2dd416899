using System.IO.Pipelines;
using RestateCloud.Protocols.Http2;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Http1.Relaying;

/// <summary>
/// The asking side of an HTTP/1.1 connection (RFC 9112), on which calls go on, one after another, that have come on other connections. .NET has no
/// client that passes on what comes as it comes: a server and a client between two connections cost several times as much.
/// </summary>
public sealed partial class Http1Service : RelayTarget
{
    // Servers wait less long for the first request than for the next, and may say so at last: whoever asks then takes that for an answer.
    private static readonly TimeSpan FirstTime = TimeSpan.FromSeconds(10);

    private readonly PipeReader _input;
    private readonly OutputQueue _output;
    private readonly Action _idle;
    private RelayStream? _current;
    private TimeSpan? _keepTime;
    private long _idleSince;
    private long _requests;
    private bool _isClosing;
    private bool _isOver;

    /// <param name="transport">The bytes; its owner's to complete.</param>
    /// <param name="limits">How much the other side may take; <see cref="RelayLimits.IdleTime"/> is how long it is kept without a request.</param>
    /// <param name="clock">The time.</param>
    /// <param name="idle">Is called whenever a request can be opened: at first, and after each answer. It is quick and does not throw.</param>
    public Http1Service(IDuplexPipe transport, RelayLimits limits, TimeProvider clock, Action idle)
        : base(limits, clock)
    {
        (_input, _idle) = (transport.Input, idle);
        _output = new OutputQueue(transport.Output, Gate, clock, sent: static () => { }, OnSendFailed);
        _answer = new HeaderFields(limits.HeaderBytes);
        _body = new BodyDecoder(limits.HeaderBytes);
        (_keepTime, _idleSince) = (limits.IdleTime > FirstTime ? FirstTime : limits.IdleTime, clock.GetTimestamp());
    }

    /// <summary>Whether it has been without a request for so long that it takes none any more.</summary>
    public bool IsStale
    {
        get
        {
            lock (Gate) return IsIdleTooLong;
        }
    }

    /// <summary>Requests that were opened on it.</summary>
    public long Requests => Volatile.Read(ref _requests);

    private protected override bool TakesOrKeeps => !_isOver && !_isClosing && _current is null && !IsIdleTooLong;

    private bool IsIdleTooLong => _current is null && Clock.GetElapsedTime(_idleSince) > _keepTime;

    /// <summary>Relays until the connection is over, in whatever way.</summary>
    public async Task RunAsync()
    {
        _idle();
        try
        {
            await ReadAsync();
            End("The connection was closed.");
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            End(e.Message);
        }
    }

    /// <summary>Takes no more requests, and ends once the one that is on it has.</summary>
    public void Shutdown()
    {
        lock (Gate)
        {
            _isClosing = true;
            if (_current is not null) return;
        }

        End("The connection was closed.");
    }

    private void End(string why)
    {
        RelayStream? lost;
        var failure = RelayFailure.Lost;
        lock (Gate)
        {
            if (_isOver) return;
            _isOver = true;
            lost = _current;
            if (lost is not null && MayBeMadeAgain(lost)) failure = RelayFailure.NotTaken;
            if (lost is not null) Close(lost);
            _room?.TrySetResult();
        }

        _input.CancelPendingRead();
        if (lost?.Other is not { } other) return;
        other.Connection.Lost(other, why, Http2ErrorCode.InternalError, failure);
        other.Connection.Flush();
    }

    // Nobody knows what the service has done with a request that it has all of, except one that may be made twice (RFC 9110, section 9.2.2).
    private bool MayBeMadeAgain(RelayStream stream) => !_isHeard && (_isIdempotent || !IsSent(stream));

    private void Close(RelayStream stream)
    {
        stream.IsClosed = true;
        _current = null;
        stream.Call?.StreamClosed();
    }
}
