using RestateCloud.Gateway.Tunnels.Connections;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>A connection after its handshake.</summary>
/// <param name="EnvironmentId">The environment it serves, and no other.</param>
/// <param name="Name">The tunnel.</param>
/// <param name="Connection">What carries requests.</param>
/// <param name="SupportsDrain">Whether its client knows <see cref="DrainPath"/>.</param>
internal sealed record OpenTunnel(string EnvironmentId, string Name, HeldConnection Connection, bool SupportsDrain)
{
    /// <summary>Tells the client that this server goes away.</summary>
    public const string DrainPath = "/_/drain-tunnel";
}
