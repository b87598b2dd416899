using System.Text.Json;

namespace RestateCloud.Cli.Api;

/// <summary>An environment as DescribeEnvironment shows it; those that may be null are shown by this product only.</summary>
internal sealed record EnvironmentDetails(
    string EnvironmentId,
    string Region,
    string Name,
    string Status,
    string SigningPublicKey,
    string IngressBaseUrl,
    string AdminBaseUrl,
    string TunnelBaseUrl,
    string ProxyBaseUrl,
    string? TunnelAuthority = null,
    string? Reason = null,
    string? TierId = null,
    string? Version = null,
    string? RunningVersion = null,
    IReadOnlyList<EnvironmentKey>? IdentityKeys = null)
{
    /// <summary>The keys that its calls may be signed with: more than one during a rotation.</summary>
    public IReadOnlyList<EnvironmentKey> PublicKeys => IdentityKeys ?? [new(SigningPublicKey)];
}

/// <summary>A key of an environment.</summary>
/// <param name="PublicKey"><c>publickeyv1_…</c></param>
/// <param name="State">ACTIVE, NEXT or RETIRING.</param>
/// <param name="AcceptedUntil">From when on it is refused, or null for never.</param>
internal sealed record EnvironmentKey(string PublicKey, string State = "ACTIVE", DateTimeOffset? AcceptedUntil = null);

/// <summary>An environment, and the API's answer as it stands.</summary>
internal sealed record DescribedEnvironment(EnvironmentDetails Details, JsonElement Answer);
