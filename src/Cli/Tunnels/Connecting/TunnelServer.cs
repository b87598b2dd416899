using System.Net;

namespace RestateCloud.Cli.Tunnels.Connecting;

/// <summary>Where a tunnel's client connects.</summary>
/// <param name="Host">A host name or an IP address.</param>
/// <param name="Port">The TCP port.</param>
/// <param name="Tls">Whether with TLS; the other is for servers behind something that ends TLS.</param>
internal sealed record TunnelServer(string Host, int Port, bool Tls)
{
    private const string LocalDomain = "localhost";

    /// <summary>Reads <c>HOST:PORT</c> or an http or https URL with a port; null for anything else.</summary>
    public static TunnelServer? Parse(string text)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            ? new TunnelServer(uri.IdnHost, uri.Port, uri.Scheme == Uri.UriSchemeHttps)
            : null;
    }

    /// <summary>
    /// Its addresses. Names below localhost are this machine (RFC 6761, section 6.3): not every resolver knows that, and the names of a cloud on
    /// one machine are such.
    /// </summary>
    public Task<IPAddress[]> ResolveAsync(CancellationToken cancellationToken) =>
        Host.Equals(LocalDomain, StringComparison.OrdinalIgnoreCase) || Host.EndsWith($".{LocalDomain}", StringComparison.OrdinalIgnoreCase)
            ? Task.FromResult<IPAddress[]>([IPAddress.Loopback])
            : Dns.GetHostAddressesAsync(Host, cancellationToken);

    /// <summary><c>HOST:PORT</c></summary>
    public override string ToString() => $"{Host}:{Port}";
}
