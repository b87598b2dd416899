using RestateCloud.Cli.Tunnels.Connecting;
using RestateCloud.Cli.Tunnels.RemotePorts;

namespace RestateCloud.Cli.Tunnels;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Environment">An id or a name, or null for the profile's.</param>
/// <param name="Name">The tunnel's name, or null for one made up.</param>
/// <param name="RemotePorts">The environment's ports to have here; null for both where they are free.</param>
/// <param name="Services">Whether services of this machine are reached from the cloud.</param>
/// <param name="Servers">Where to connect, or none for where the cloud says.</param>
/// <param name="AuthorityFile">The authority of the tunnel server, or null for the one that the cloud says.</param>
/// <param name="Connections">How many to each server.</param>
internal sealed record TunnelArguments(
    string? Environment,
    string? Name,
    IReadOnlyList<RemotePort>? RemotePorts,
    bool Services,
    IReadOnlyList<TunnelServer> Servers,
    string? AuthorityFile,
    int Connections);
