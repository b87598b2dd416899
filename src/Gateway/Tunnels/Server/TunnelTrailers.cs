using RestateCloud.Gateway.Tunnels.Http2;
using RestateCloud.Protocols.Tunnels;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>What ends the first request and tells the client how it stands.</summary>
internal static class TunnelTrailers
{
    /// <summary>The tunnel is open.</summary>
    /// <param name="name">The tunnel's name.</param>
    /// <param name="addresses">The environment's; the proxy's URL holds a port, as clients need it.</param>
    public static byte[] Accepted(string name, EnvironmentAddresses addresses) => HeaderBlock.Encode(
        (TunnelProtocol.StatusTrailer, TunnelProtocol.StatusOk),
        (TunnelProtocol.ProxyTrailer, addresses.ProxyBaseUrl),
        (TunnelProtocol.TunnelTrailer, addresses.TunnelBaseUrl),
        (TunnelProtocol.NameHeader, name));

    /// <summary>It is not; clients show the sentence and end.</summary>
    public static byte[] Refused(string sentence) => HeaderBlock.Encode((TunnelProtocol.StatusTrailer, sentence));
}
