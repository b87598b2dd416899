namespace RestateCloud.Cli.Tunnels.Serving;

/// <summary>What the path of a call says: <c>/{http|https}/{host}/{port}/…</c>.</summary>
/// <param name="Origin">Scheme, host and port of the service.</param>
/// <param name="Target">The path that the service sees, and the query, byte for byte.</param>
internal sealed record ServiceDestination(string Origin, string Target)
{
    private const int Parts = 5;

    /// <summary>The path alone.</summary>
    public string Path => Target.Split('?', 2)[0];

    /// <summary>Whether it is called with TLS.</summary>
    public bool IsSecure => Origin.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal);

    /// <summary>Takes a raw target apart; null when it is not of that form.</summary>
    public static ServiceDestination? Parse(string rawTarget)
    {
        var query = rawTarget.IndexOf('?');
        var path = query < 0 ? rawTarget : rawTarget[..query];
        if (path.Split('/', Parts) is not ["", "http" or "https", var host, var port, ..] parts) return null;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown || !ushort.TryParse(port, out var number) || number == 0) return null;

        var origin = $"{parts[1]}://{host}:{number}";
        var service = rawTarget[(1 + parts[1].Length + 1 + host.Length + 1 + port.Length)..];
        return new ServiceDestination(origin, service is ['/', ..] ? service : $"/{service}");
    }
}
