using System.IO.Pipelines;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Gateway.Tunnels.Connections;

/// <summary>
/// The HTTP/2 client on a connection that the other side has opened. Calls are passed on to it frame by frame; what comes as a request of
/// .NET's takes the way through <see cref="Invoker"/>.
/// </summary>
internal sealed class AcceptedConnection : IAsyncDisposable
{
    private const int StreamWindow = 1024 * 1024;
    private const int ConnectionWindow = 64 * 1024 * 1024;

    private static readonly RelayLimits Limits = new()
    {
        StreamWindow = StreamWindow,
        ConnectionWindow = ConnectionWindow,
        // The environment's limit on calls in its tunnels bounds them.
        WaitingRequests = int.MaxValue,
        PingDelay = TimeSpan.FromSeconds(30),
        UnreadPieces = 8 * 1024,
    };

    private readonly IDuplexPipe _transport;
    private readonly RelayConnection _relay;
    private readonly Lazy<HttpMessageInvoker> _invoker;
    private OwnRequest? _first;
    private bool _isClosing;

    public AcceptedConnection(IDuplexPipe transport, TimeProvider clock)
    {
        _transport = transport;
        _relay = RelayConnection.Client(transport, Limits, clock);
        _invoker = new(() => new HttpMessageInvoker(AcceptedHandler.Create(_relay, Limits, clock), disposeHandler: true));
        Closed = RunAsync();
    }

    /// <summary>Sends requests on the connection; a <see cref="ConnectionGoneException"/> in the failure says that nothing was sent.</summary>
    public HttpMessageInvoker Invoker => _invoker.Value;

    /// <summary>Whether it takes no more requests, for good.</summary>
    public bool IsLeaving => _relay.Leaving.IsCompleted;

    /// <summary>What its client has ended it for, in the client's own words; null when it has complained of nothing.</summary>
    public string? Complaint => _relay.Complaint;

    /// <summary>Completes, always successfully, when the connection is over.</summary>
    public Task Closed { get; }

    /// <summary>Sends the first request and leaves it open.</summary>
    /// <exception cref="IOException">The peer does not speak HTTP/2 or went away.</exception>
    public async Task<RelayedAnswer> OpenAsync(CancellationToken cancellationToken)
    {
        _first = Ask("/"u8, isLast: false);
        return await _first.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the first request with trailers, and waits for the end of its answer: to let go of it before would reset the stream.</summary>
    public Task EndAsync(HeaderFields trailers, CancellationToken cancellationToken)
    {
        _first!.End(trailers);
        return _first.Closed.WaitAsync(cancellationToken);
    }

    /// <summary>Sends a request without a body, and waits until it is answered.</summary>
    /// <exception cref="IOException">The peer went away.</exception>
    public async Task TellAsync(byte[] path, CancellationToken cancellationToken)
    {
        var request = Ask(path, isLast: true);
        using (cancellationToken.UnsafeRegister(_ => request.Cancel(), null)) await request.Answer;
    }

    /// <summary>Passes a call on that has come on another connection.</summary>
    /// <returns>False when it takes none any more.</returns>
    public bool TryOpen(RelayStream caller, HeaderFields request, bool isLast, RelayedCall call) => _relay.TryOpen(caller, request, isLast, call);

    /// <summary>Tells the peer that no request will come, and waits until it has closed the connection.</summary>
    public Task CloseAsync(CancellationToken cancellationToken)
    {
        _isClosing = true;
        _relay.Shutdown();
        return Closed.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _isClosing = false;
        _relay.Abort("The connection is closed.");
        // The transport is its owner's to close; a read that waits here ends now.
        _transport.Input.CancelPendingRead();
        await Closed;
        if (_invoker.IsValueCreated) _invoker.Value.Dispose();
    }

    private async Task RunAsync()
    {
        await _relay.RunAsync();
        if (_isClosing) await ReadToEndAsync();
    }

    // To close before the peer does could reset the connection.
    private async Task ReadToEndAsync()
    {
        try
        {
            while (await _transport.Input.ReadAsync() is { IsCompleted: false, IsCanceled: false } read) _transport.Input.AdvanceTo(read.Buffer.End);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // Closed all the same.
        }
    }

    private OwnRequest Ask(ReadOnlySpan<byte> path, bool isLast)
    {
        var request = new HeaderFields(Limits.HeaderBytes);
        request.Add(":method"u8, "GET"u8);
        request.Add(":scheme"u8, "http"u8);
        request.Add(":authority"u8, AcceptedHandler.Authority);
        request.Add(":path"u8, path);
        return _relay.TryAsk(request, isLast) ?? throw new ConnectionGoneException();
    }
}
