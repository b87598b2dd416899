using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Tunnels;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>What ends the first request and tells the client how it stands.</summary>
internal static class TunnelTrailers
{
    private const int MaximumBytes = 16 * 1024;

    /// <summary>The tunnel is open.</summary>
    /// <param name="name">The tunnel's name.</param>
    /// <param name="addresses">The environment's; the proxy's URL holds a port, as clients need it.</param>
    public static HeaderFields Accepted(string name, EnvironmentAddresses addresses) => Fields(
        (TunnelProtocol.StatusTrailer, TunnelProtocol.StatusOk),
        (TunnelProtocol.ProxyTrailer, addresses.ProxyBaseUrl),
        (TunnelProtocol.TunnelTrailer, addresses.TunnelBaseUrl),
        (TunnelProtocol.NameHeader, name));

    /// <summary>
    /// Whether it may be opened cannot be found out now. Official clients show the sentence and end, as they do when there is no status and when
    /// the connection ends before it (CLI 1.7.12); this product's dials again.
    /// </summary>
    public static HeaderFields NotNow { get; } = Fields(
        (TunnelProtocol.StatusTrailer, "The tunnel cannot be opened at the moment: try again."),
        (TunnelProtocol.RetryTrailer, "true"));

    /// <summary>It is not; clients show the sentence and end.</summary>
    public static HeaderFields Refused(string sentence) => Fields((TunnelProtocol.StatusTrailer, sentence));

    private static HeaderFields Fields(params ReadOnlySpan<(string Name, string Value)> trailers)
    {
        var fields = new HeaderFields(MaximumBytes);
        foreach (var (name, value) in trailers) fields.Add(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));
        return fields;
    }
}
