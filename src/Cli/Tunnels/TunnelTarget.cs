using RestateCloud.Cli.Tunnels.Connecting;
using RestateCloud.Protocols.Identity;

namespace RestateCloud.Cli.Tunnels;

/// <summary>The environment that a tunnel is for.</summary>
/// <param name="EnvironmentId"><c>env_…</c></param>
/// <param name="Credential">What shows that the tunnel may be opened.</param>
/// <param name="Keys">What its calls are signed with.</param>
/// <param name="Servers">Where to connect.</param>
/// <param name="Trust">How those are known.</param>
/// <param name="Doors">Its ports, or null where they are not known.</param>
/// <param name="LookUpKeysAsync">Asks for <paramref name="Keys"/> again; answers the old ones when that fails.</param>
internal sealed record TunnelTarget(
    string EnvironmentId,
    string Credential,
    IdentityKeySet Keys,
    IReadOnlyList<TunnelServer> Servers,
    ServerTrust Trust,
    EnvironmentDoors? Doors,
    Func<CancellationToken, Task<IdentityKeySet>> LookUpKeysAsync)
{
    /// <summary>Leaves the credential out.</summary>
    public override string ToString() => EnvironmentId;
}

/// <summary>Where an environment is called.</summary>
/// <param name="Ingress">Its ingress.</param>
/// <param name="Admin">Its admin API.</param>
internal sealed record EnvironmentDoors(Uri Ingress, Uri Admin);
