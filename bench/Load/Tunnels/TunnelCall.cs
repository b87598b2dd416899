using RestateCloud.Load.Proxies;

namespace RestateCloud.Load.Tunnels;

/// <summary>
/// What is asked for: the same request whichever way it goes, with the identity that an environment has signed just now. Environments send theirs to
/// every service, behind a tunnel or not.
/// </summary>
internal sealed record TunnelCall(Uri Url, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <param name="tunnel">The way.</param>
    /// <param name="identity">Whose call it is.</param>
    /// <param name="wire">The protocol.</param>
    /// <param name="path">Of the service.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<TunnelCall> ThroughAsync(ITunnel tunnel, SignedIdentity identity, Wire wire, string path, CancellationToken cancellationToken) =>
        new(tunnel.UrlOf(wire, path), await identity.CaptureAsync(cancellationToken));
}
