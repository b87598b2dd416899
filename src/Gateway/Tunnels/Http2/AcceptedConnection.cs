using System.IO.Pipelines;
using System.Net;
using RestateCloud.Protocols.Http2;

namespace RestateCloud.Gateway.Tunnels.Http2;

/// <summary>
/// The HTTP/2 client on a connection that the other side has opened. Frames, HPACK, flow control and pings are
/// <see cref="SocketsHttpHandler"/>'s, over the one connection that it is handed and never another.
/// </summary>
internal sealed class AcceptedConnection : IDisposable
{
    /// <summary>Nothing reads the name: there is no connecting by it.</summary>
    public const string Origin = "http://tunnel";

    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(15);
    private const int StreamWindow = 1024 * 1024;
    private const int ResponseHeadersKiB = 32;

    private readonly AcceptedStream _stream;
    private readonly OpenContent _openRequest = new();
    private int _taken;

    public AcceptedConnection(IDuplexPipe transport)
    {
        _stream = new AcceptedStream(transport);
        Invoker = new HttpMessageInvoker(new PromptBodies(CreateHandler()), disposeHandler: true);
    }

    /// <summary>Sends requests on the connection; a <see cref="ConnectionGoneException"/> in the failure says that nothing was sent.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <summary>Completes, always successfully, when the connection is over.</summary>
    public Task Closed => _stream.Closed;

    /// <summary>Sends the first request and leaves it open.</summary>
    /// <returns>The answer's headers.</returns>
    /// <exception cref="HttpRequestException">The peer does not speak HTTP/2 or went away.</exception>
    public async Task<HttpResponseMessage> OpenAsync(CancellationToken cancellationToken)
    {
        using var request = Request("/");
        request.Content = _openRequest;
        return await Invoker.SendAsync(request, cancellationToken);
    }

    /// <summary>Ends the first request with trailers, and reads its answer to the end: to let go of it before would reset the stream.</summary>
    public async Task EndAsync(HttpResponseMessage answer, byte[] trailers, CancellationToken cancellationToken)
    {
        _stream.SetTrailers(trailers);
        _openRequest.End();
        await Task.WhenAny(_stream.TrailersSent, _stream.Closed).WaitAsync(cancellationToken);
        await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    /// <summary>A request without a body.</summary>
    public static HttpRequestMessage Request(string path) => new(HttpMethod.Get, Origin + path)
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>Tells the peer that no request will come, and waits until it has closed the connection.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _stream.SendGoAwayAsync(cancellationToken);
        await Closed.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _openRequest.End();
        Invoker.Dispose();
        _stream.Dispose();
    }

    private SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = (_, _) => Interlocked.Exchange(ref _taken, 1) == 0
            ? new((Stream)_stream)
            : throw new ConnectionGoneException(),
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        EnableMultipleHttp2Connections = false,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
        KeepAlivePingDelay = PingDelay,
        KeepAlivePingTimeout = PingTimeout,
        InitialHttp2StreamWindowSize = StreamWindow,
        MaxResponseHeadersLength = ResponseHeadersKiB,
        ActivityHeadersPropagator = null,
    };

    /// <summary>A body without a byte that goes on until it is told to end.</summary>
    private sealed class OpenContent : HttpContent
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End() => _end.TrySetResult();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            // The handler keeps the headers back until something is written or flushed.
            await stream.FlushAsync(cancellationToken);
            await _end.Task.WaitAsync(cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

/// <summary>The connection takes no more requests; the one that was to be sent was not.</summary>
internal sealed class ConnectionGoneException() : IOException("The tunnel's connection is closed or closing.");
