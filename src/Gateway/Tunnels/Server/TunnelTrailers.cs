using RestateCloud.Gateway.Tunnels.Http2;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>What ends the first request and tells the client how it stands.</summary>
internal static class TunnelTrailers
{
    private const string Status = "tunnel-status";
    private const string Ok = "ok";

    /// <summary>The tunnel is open.</summary>
    /// <param name="name">The tunnel's name.</param>
    /// <param name="addresses">The environment's; the proxy's URL holds a port, as clients need it.</param>
    public static byte[] Accepted(string name, EnvironmentAddresses addresses) => HeaderBlock.Encode(
        (Status, Ok),
        ("proxy-url", addresses.ProxyBaseUrl),
        ("tunnel-url", addresses.TunnelBaseUrl),
        ("tunnel-name", name));

    /// <summary>It is not; clients show the sentence and end.</summary>
    public static byte[] Refused(string sentence) => HeaderBlock.Encode((Status, sentence));
}
