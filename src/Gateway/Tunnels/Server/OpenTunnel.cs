using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Protocols.Tunnels;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>A connection after its handshake.</summary>
/// <param name="EnvironmentId">The environment it serves, and no other.</param>
/// <param name="Name">The tunnel.</param>
/// <param name="Connection">What carries requests.</param>
/// <param name="SupportsDrain">Whether its client knows <see cref="TunnelProtocol.DrainPath"/>.</param>
internal sealed record OpenTunnel(string EnvironmentId, string Name, HeldConnection Connection, bool SupportsDrain);
