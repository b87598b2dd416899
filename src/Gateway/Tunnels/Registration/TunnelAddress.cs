using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Gateway.Tunnels.Registration;

/// <summary>
/// <c>tunnel://NAME:PORT</c>, as older CLIs registered services behind a tunnel: the tunnel of this name, and the port that the service
/// listens on beside its client.
/// </summary>
internal static class TunnelAddress
{
    private const string Scheme = "tunnel://";

    public static bool IsTunnel(string uri) => uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The address under which the environment reaches the same through the proxy; null when it is not of that form.</summary>
    /// <param name="uri">The address, a path after the port included.</param>
    /// <param name="proxyBaseUrl">The proxy's.</param>
    /// <param name="environmentId">The environment that registers.</param>
    public static string? ToProxy(string uri, string proxyBaseUrl, string environmentId)
    {
        var rest = uri.AsSpan(Scheme.Length);
        var slash = rest.IndexOf('/');
        var authority = slash < 0 ? rest : rest[..slash];
        var path = rest[authority.Length..];
        var colon = authority.LastIndexOf(':');
        if (colon < 0 || !TunnelName.IsValid(authority[..colon]) || !ushort.TryParse(authority[(colon + 1)..], out var port) || port == 0) return null;
        return $"{proxyBaseUrl}/{ResourceId.Bare(environmentId)}/{authority[..colon]}/http/localhost/{port}{path}";
    }
}
