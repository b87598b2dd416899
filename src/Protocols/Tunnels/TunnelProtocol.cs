namespace RestateCloud.Protocols.Tunnels;

/// <summary>
/// The words of the tunnel protocol (observed with CLI 1.7.12). The client opens a connection and is the HTTP/2 server on it; it answers the
/// first request with headers that say whose it is, and the tunnel server ends that request with trailers that say how it stands.
/// </summary>
public static class TunnelProtocol
{
    /// <summary>Header of the answer: the environment that the client serves.</summary>
    public const string EnvironmentHeader = "environment-id";

    /// <summary>Header of the answer and trailer: the tunnel's name.</summary>
    public const string NameHeader = "tunnel-name";

    /// <summary>Header of the answer: <c>true</c> where the client knows <see cref="DrainPath"/>.</summary>
    public const string DrainHeader = "supports-drain";

    /// <summary>Trailer: <see cref="StatusOk"/>, or a sentence for the client's user.</summary>
    public const string StatusTrailer = "tunnel-status";

    /// <summary>Trailer beside a status that is not ok: <c>true</c> where trying again may help. This product's own; official clients do not read it.</summary>
    public const string RetryTrailer = "tunnel-retry";

    /// <summary>The tunnel is open.</summary>
    public const string StatusOk = "ok";

    /// <summary>Trailer: where environments reach services behind tunnels; holds a port.</summary>
    public const string ProxyTrailer = "proxy-url";

    /// <summary>Trailer: the tunnel server.</summary>
    public const string TunnelTrailer = "tunnel-url";

    /// <summary>
    /// Header of a call: the HTTP version to speak to the service, <see cref="Http1"/> or <c>HTTP/2.0</c>. Without it official clients speak HTTP/2 to
    /// services without TLS. A tunnel is HTTP/2 whatever the environment speaks, so this says that a deployment was registered with <c>--use-http1.1</c>.
    /// </summary>
    public const string HttpVersionHeader = "x-restate-tunnel-http-version";

    /// <summary>A version of HTTP.</summary>
    public const string Http1 = "HTTP/1.1";

    /// <summary>Answered by every client.</summary>
    public const string HealthPath = "/_/health";

    /// <summary>Tells the client that this server goes away.</summary>
    public const string DrainPath = "/_/drain-tunnel";
}
