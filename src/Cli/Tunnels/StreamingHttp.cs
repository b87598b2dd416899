using System.Net;
using RestateCloud.Protocols.Http2;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Cli.Tunnels;

/// <summary>How calls are sent on: both bodies stream at the same time, nothing follows, keeps or decodes anything.</summary>
internal static class StreamingHttp
{
    /// <summary>Invocations are silent for as long as their handlers are.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromHours(24);

    /// <summary>HTTP/1.1, also with TLS.</summary>
    public static readonly ForwarderRequestConfig Http1 = Config(HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);

    /// <summary>HTTP/2: with prior knowledge, or ALPN with TLS.</summary>
    public static readonly ForwarderRequestConfig Http2 = Config(HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);

    /// <summary>What ALPN finds.</summary>
    public static readonly ForwarderRequestConfig Negotiated = Config(HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);

    public static HttpMessageInvoker CreateInvoker() => new(new PromptBodies(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = TunnelLimits.StreamWindow,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        ActivityHeadersPropagator = null,
    }));

    private static ForwarderRequestConfig Config(Version version, HttpVersionPolicy policy) => new()
    {
        ActivityTimeout = SilenceLimit,
        Version = version,
        VersionPolicy = policy,
    };
}
