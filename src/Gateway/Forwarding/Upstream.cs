using System.Buffers;
using System.Net.Sockets;
using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>A server that requests are forwarded to, with its own pool of connections.</summary>
internal sealed class Upstream
{
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    // Characters that Uri leaves alone wherever they stand; its ordinary form is the faster one.
    private static readonly SearchValues<char> NeverRewritten =
        SearchValues.Create("/?=&_-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    public Upstream(UpstreamAddress address)
    {
        // Over a unix socket nothing reads the name in the URI; the client's own host header goes on unchanged.
        Prefix = address.UnixSocketPath is null ? address.Value.TrimEnd('/') : "http://environment";
        Invoker = new HttpMessageInvoker(new SmallBodies(CreateHandler(address.UnixSocketPath)), disposeHandler: true);
    }

    /// <summary>Scheme and authority, without a slash at the end.</summary>
    public string Prefix { get; }

    public HttpMessageInvoker Invoker { get; }

    /// <summary>The address of a target, byte for byte as the client sent it.</summary>
    public Uri UriOf(string rawTarget) => rawTarget.AsSpan().ContainsAnyExcept(NeverRewritten)
        ? new(Prefix + rawTarget, Verbatim)
        : new(Prefix + rawTarget, UriKind.Absolute);

    private static SocketsHttpHandler CreateHandler(string? unixSocketPath)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            // The client's trace context passes as it is, unless the gateway takes part in the trace: see RestateTransformer.
            ActivityHeadersPropagator = null,
        };

        if (unixSocketPath is not null)
        {
            var endPoint = new UnixDomainSocketEndPoint(unixSocketPath);
            handler.ConnectCallback = (context, cancellationToken) => ConnectAsync(endPoint, context.InitialRequestMessage.Version, cancellationToken);
        }

        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(UnixDomainSocketEndPoint endPoint, Version version, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            // Over HTTP/2 an answer does not end the connection.
            return version.Major < 2 ? new EarlyAnswerStream(socket) : new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
