using System.Net;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>Where a gateway is reached by others.</summary>
/// <param name="Host">A host name or an IP address; an IPv6 address without brackets.</param>
/// <param name="Port">The TCP port, or null where it is the one listened on.</param>
internal readonly record struct GatewayAddress(string Host, int? Port)
{
    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>[v6]</c> or <c>[v6]:port</c>.</summary>
    public static bool TryParse(string text, out GatewayAddress address)
    {
        address = default;
        if (!Uri.TryCreate($"tcp://{text}", UriKind.Absolute, out var uri)) return false;
        if (uri.UserInfo.Length > 0 || uri.PathAndQuery is not ("" or "/") || uri.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic) return false;
        if (uri.Port is 0) return false;
        address = new(uri.DnsSafeHost, uri.Port < 0 ? null : uri.Port);
        return true;
    }

    /// <summary>The form that <see cref="TryParse"/> reads.</summary>
    public override string ToString()
    {
        var host = IPAddress.TryParse(Host, out var ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{Host}]" : Host;
        return Port is { } port ? $"{host}:{port}" : host;
    }
}
