using System.Net;

namespace RestateCloud.Gateway.Listening;

/// <summary>
/// An endpoint without a socket: the connections of every port on which the client turned out to speak this protocol.
/// Kestrel does not do HTTP/1.1 and HTTP/2 on one endpoint without TLS, so it gets one of these for each.
/// </summary>
internal sealed class ProtocolEndPoint : EndPoint
{
    public static readonly ProtocolEndPoint Http1 = new("http/1.1");
    public static readonly ProtocolEndPoint Http2 = new("h2c");

    /// <summary>Connections on which environments call services behind tunnels, where they speak HTTP/1.1.</summary>
    public static readonly ProtocolEndPoint TunnelProxyHttp1 = new("tunnel proxy http/1.1");

    /// <summary>The same where they speak HTTP/2.</summary>
    public static readonly ProtocolEndPoint TunnelProxyHttp2 = new("tunnel proxy h2c");

    /// <summary>Connections of tunnel clients, which are told by their port alone: it is the client that waits there.</summary>
    public static readonly ProtocolEndPoint Tunnel = new("tunnel");

    /// <summary>Connections of other gateways, likewise.</summary>
    public static readonly ProtocolEndPoint Crossing = new("crossing");

    private readonly string _name;

    private ProtocolEndPoint(string name) => _name = name;

    public override string ToString() => _name;
}
