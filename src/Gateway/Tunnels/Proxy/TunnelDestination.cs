using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Paths;
using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Gateway.Tunnels.Proxy;

/// <summary>What a path of the proxy says: <c>/{bare id}/{name}/{scheme}/{host}/{port}/…</c>.</summary>
/// <param name="EnvironmentId">The environment that says it calls.</param>
/// <param name="TunnelName">The tunnel to go through.</param>
/// <param name="Target">What goes on to the tunnel's client, the query included: <c>/{scheme}/{host}/{port}/…</c>, byte for byte.</param>
/// <param name="ServicePathStart">Where in <paramref name="Target"/> the path begins that the service sees.</param>
internal readonly record struct TunnelDestination(string EnvironmentId, string TunnelName, string Target, int ServicePathStart)
{
    // id, name, scheme, host, port
    private const int Segments = 5;

    /// <summary>The path that the service sees, without the query.</summary>
    public ReadOnlySpan<char> ServicePath
    {
        get
        {
            var path = Target.AsSpan(ServicePathStart);
            var query = path.IndexOf('?');
            return query < 0 ? path : path[..query];
        }
    }

    /// <summary>Takes a target apart.</summary>
    /// <returns>Null, or why it is refused.</returns>
    public static Refusal? Parse(string rawTarget, out TunnelDestination destination)
    {
        destination = default;
        if (RequestTarget.Parse(rawTarget, out var target) is { } refusal) return refusal;

        Span<Range> parts = stackalloc Range[Segments + 2];
        var path = target.Path;
        if (path.Split(parts, '/') < parts.Length) return TunnelRefusals.NotATunnelPath;
        if (ResourceId.FromBare(path[parts[1]]) is not { } environmentId || !Tunnels.TunnelName.IsValid(path[parts[2]])) return TunnelRefusals.NotATunnelPath;
        if (path[parts[3]] is not ("http" or "https") || path[parts[4]].IsEmpty || !ushort.TryParse(path[parts[5]], out _)) return TunnelRefusals.NotATunnelPath;

        var start = parts[3].Start.Value - 1;
        destination = new(environmentId, path[parts[2]].ToString(), rawTarget[start..], parts[5].End.Value - start);
        return null;
    }
}
