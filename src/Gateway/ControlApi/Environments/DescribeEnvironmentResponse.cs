using RestateCloud.Gateway.ControlApi.ApiKeys;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Gateway.ControlApi.Environments;

/// <summary>An environment.</summary>
/// <param name="EnvironmentId"><c>env_…</c></param>
/// <param name="Region">Where it runs.</param>
/// <param name="Name">Unique in its account.</param>
/// <param name="Status">Its state; only ACTIVE is served.</param>
/// <param name="Reason">Why it is in that state, a sentence.</param>
/// <param name="SigningPublicKey"><c>publickeyv1_…</c>: what its services verify its calls with.</param>
/// <param name="IdentityKeys">That key and, during a rotation, the next or the last one: services accept them all.</param>
/// <param name="ApiKeys">Its active API keys, oldest first.</param>
/// <param name="IngressBaseUrl">Where its handlers are called.</param>
/// <param name="AdminBaseUrl">Where it is administered.</param>
/// <param name="TunnelBaseUrl">Where tunnel clients connect.</param>
/// <param name="TunnelSrv">The name whose SRV records list the tunnel servers.</param>
/// <param name="TunnelAuthority">The authority made here that tunnel clients trust for that connection, in PEM; null where the certificate is one that systems trust.</param>
/// <param name="ProxyBaseUrl">Through which the environment reaches services behind tunnels.</param>
/// <param name="TierId">Its tier.</param>
/// <param name="Version">The version of restate-server that was asked for.</param>
/// <param name="RunningVersion">The version last seen running.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="ResourceVersion">Rises with every change of the environment.</param>
internal sealed record DescribeEnvironmentResponse(
    string EnvironmentId,
    string Region,
    string Name,
    EnvironmentStatus Status,
    string Reason,
    string SigningPublicKey,
    IReadOnlyList<IdentityKeyItem> IdentityKeys,
    IReadOnlyList<ApiKeyItem> ApiKeys,
    string IngressBaseUrl,
    string AdminBaseUrl,
    string TunnelBaseUrl,
    string TunnelSrv,
    string? TunnelAuthority,
    string ProxyBaseUrl,
    Tier TierId,
    string Version,
    string? RunningVersion,
    DateTimeOffset CreatedAt,
    long ResourceVersion)
{
    /// <summary>The environment as the wire shows it.</summary>
    public static DescribeEnvironmentResponse Of(EnvironmentDescription environment, EnvironmentAddresses addresses, string? tunnelAuthority) => new(
        environment.EnvironmentId,
        environment.Region,
        environment.Name,
        environment.Status,
        environment.Reason,
        environment.SigningPublicKey,
        [.. environment.IdentityKeys.Select(IdentityKeyItem.Of)],
        ApiKeyItem.ListOf(environment),
        addresses.IngressBaseUrl,
        addresses.AdminBaseUrl,
        addresses.TunnelBaseUrl,
        addresses.TunnelSrv,
        tunnelAuthority,
        addresses.ProxyBaseUrl,
        environment.Tier,
        environment.Version,
        environment.RunningVersion,
        environment.CreatedAt,
        environment.ResourceVersion);
}
