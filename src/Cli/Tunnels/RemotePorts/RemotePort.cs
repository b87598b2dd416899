namespace RestateCloud.Cli.Tunnels.RemotePorts;

/// <summary>A port of the environment that is to be had on this machine.</summary>
/// <param name="Remote">8080, the ingress, or 9070, the admin API.</param>
/// <param name="Local">The port of 127.0.0.1; 0 means any that is free.</param>
internal sealed record RemotePort(int Remote, int Local)
{
    private const int IngressPort = 8080;
    private const int AdminPort = 9070;

    /// <summary>Both, under the same numbers.</summary>
    public static IReadOnlyList<RemotePort> Both { get; } = [new(IngressPort, IngressPort), new(AdminPort, AdminPort)];

    /// <summary>For people.</summary>
    public string Role => Remote == IngressPort ? "ingress" : "admin API";

    /// <summary>Reads <c>8080</c>, <c>9070</c>, or either with another local port before it, such as <c>18080:8080</c>; null for anything else.</summary>
    public static RemotePort? Parse(string text)
    {
        var parts = text.Split(':');
        if (!ushort.TryParse(parts[^1], out var remote) || remote is not (IngressPort or AdminPort)) return null;
        return parts switch
        {
            [_] => new RemotePort(remote, remote),
            [var number, _] when ushort.TryParse(number, out var local) => new RemotePort(remote, local),
            _ => null,
        };
    }

    /// <summary>Where its calls go.</summary>
    public Uri UpstreamOf(EnvironmentDoors doors) => Remote == IngressPort ? doors.Ingress : doors.Admin;
}
