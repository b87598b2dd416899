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
    string? RunningVersion = null)
{
    /// <summary>The keys that its calls may be signed with, each <c>publickeyv1_…</c>, the one in use first.</summary>
    public IReadOnlyList<string> PublicKeys => [SigningPublicKey];
}

/// <summary>An environment, and the API's answer as it stands.</summary>
internal sealed record DescribedEnvironment(EnvironmentDetails Details, JsonElement Answer);
