using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using RestateCloud.Protocols.Http2;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>
/// Another gateway, as one environment's calls reach it. Each environment has connections of its own: HTTP/2 has one window for all that is
/// sent on a connection, and who reads slowly would hold up the others.
/// </summary>
internal sealed class Peer
{
    /// <summary>Nothing reads the name: where to connect is known, and TLS is done there.</summary>
    public const string Origin = "https://gateway";

    private const int StreamWindow = 1024 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(5);

    // Calls that could go nowhere are told to come again after a second.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _address;
    private readonly CrossingCertificates _certificates;
    private readonly TimeProvider _clock;
    private long _pausedUntil = long.MinValue;

    public Peer(string address, CrossingCertificates certificates, TimeProvider clock)
    {
        (_address, _certificates, _clock) = (address, certificates, clock);
        Invoker = new HttpMessageInvoker(new PromptBodies(CreateHandler()), disposeHandler: true);
    }

    /// <summary>Sends requests to it; a <see cref="PeerUnreachableException"/> in the failure says that nothing was sent.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <summary>Whether it could not be reached a moment ago: it is not tried again yet, so that calls do not wait for a machine that is gone.</summary>
    public bool IsPaused => _clock.GetTimestamp() < Volatile.Read(ref _pausedUntil);

    private SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = (_, cancellationToken) => ConnectAsync(cancellationToken),
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        EnableMultipleHttp2Connections = true,
        PooledConnectionIdleTimeout = IdleTimeout,
        // A machine that is gone says nothing: calls that it was to answer are not kept waiting for it.
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingDelay = PingDelay,
        KeepAlivePingTimeout = PingTimeout,
        InitialHttp2StreamWindowSize = StreamWindow,
        ActivityHeadersPropagator = null,
    };

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConnectTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await ConnectAsync(_address, _certificates, either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Volatile.Write(ref _pausedUntil, _clock.GetTimestamp() + (long)(Pause.TotalSeconds * _clock.TimestampFrequency));
            throw new PeerUnreachableException(_address, exception);
        }
    }

    private static async Task<Stream> ConnectAsync(string text, CrossingCertificates certificates, CancellationToken cancellationToken)
    {
        if (!GatewayAddress.TryParse(text, out var address)) throw new UriFormatException($"'{text}' is no address.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new DnsEndPoint(address.Host, address.Port ?? 0), cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(await certificates.ForClientAsync(address.Host, cancellationToken), cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}

/// <summary>Another gateway could not be reached, or did not show that it is one; nothing was sent to it.</summary>
internal sealed class PeerUnreachableException(string address, Exception innerException)
    : IOException($"The gateway at {address} cannot be reached: {innerException.Message}", innerException);
