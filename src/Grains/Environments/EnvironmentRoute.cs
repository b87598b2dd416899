using System.Collections.Immutable;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Grains.Environments;

/// <summary>All that a gateway needs to know to serve an environment.</summary>
/// <param name="EnvironmentId"><c>env_…</c></param>
/// <param name="AccountId">The account it belongs to: its owners have every right in it.</param>
/// <param name="Region">Where it runs; part of its host name.</param>
/// <param name="Tier">Decides its limits.</param>
/// <param name="Status">Only ACTIVE is served.</param>
/// <param name="Reason">Why it is not ACTIVE, a sentence for the caller.</param>
/// <param name="Ingress">Where the ingress listens, null before it is known.</param>
/// <param name="Admin">Where the admin API listens, null before it is known.</param>
/// <param name="IdentityKeys">What its calls to services are verified with: each of them is good.</param>
/// <param name="ResourceVersion">Rises with every change: an older route never replaces a newer one.</param>
[GenerateSerializer, Immutable]
public sealed record EnvironmentRoute(
    string EnvironmentId,
    string AccountId,
    string Region,
    Tier Tier,
    EnvironmentStatus Status,
    string Reason,
    UpstreamAddress? Ingress,
    UpstreamAddress? Admin,
    ImmutableArray<EnvironmentIdentityKey> IdentityKeys,
    long ResourceVersion);

/// <summary>Where a server listens: <c>unix:/absolute/path</c> or <c>http://host:port</c> (HTTP/1.1 and h2c on either).</summary>
/// <param name="Value">The address in one of the two forms.</param>
[GenerateSerializer, Immutable]
public sealed record UpstreamAddress(string Value)
{
    private const string UnixPrefix = "unix:";

    /// <summary>The address of a unix socket.</summary>
    public static UpstreamAddress Unix(string path) => new(UnixPrefix + path);

    /// <summary>The path of the unix socket, or null when it is a TCP address.</summary>
    public string? UnixSocketPath => Value.StartsWith(UnixPrefix, StringComparison.Ordinal) ? Value[UnixPrefix.Length..] : null;
}
