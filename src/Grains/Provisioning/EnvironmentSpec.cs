using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Grains.Provisioning;

/// <summary>What an environment is to be.</summary>
/// <param name="EnvironmentId"><c>env_…</c>; also the Restate cluster name.</param>
/// <param name="AccountId">The account it belongs to.</param>
/// <param name="Region">Where it runs.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Limits">The numbers of the tier.</param>
/// <param name="Version">The restate-server version, such as 1.7.12.</param>
/// <param name="SigningPublicKey">The public half of its request identity, <c>publickeyv1_…</c>: says whether servers that run have the key pair that they should.</param>
/// <param name="SigningKey">The private half of its request identity as one PEM (PKCS#8), protected; see <see cref="Secrets.ISecretProtector"/>.</param>
/// <param name="Generation">Rises whenever any of the above changes.</param>
public sealed record EnvironmentSpec(
    string EnvironmentId,
    string AccountId,
    string Region,
    Tier Tier,
    TierLimits Limits,
    string Version,
    string SigningPublicKey,
    string SigningKey,
    long Generation);

/// <summary>What was seen of an environment.</summary>
/// <param name="Phase">How far it is.</param>
/// <param name="Generation">The generation of the spec that what is there was made from.</param>
/// <param name="RunningVersion">The version of the servers that run, or null.</param>
/// <param name="Ingress">Where the ingress listens; set when ready.</param>
/// <param name="Admin">Where the admin API listens; set when ready.</param>
/// <param name="Message">A sentence about it for the tenant.</param>
/// <param name="RetryAfter">When to look again, or null to leave that to the caller.</param>
public sealed record EnvironmentObservation(
    EnvironmentPhase Phase,
    long Generation,
    string? RunningVersion,
    UpstreamAddress? Ingress,
    UpstreamAddress? Admin,
    string Message,
    TimeSpan? RetryAfter = null);

/// <summary>How far an environment is.</summary>
public enum EnvironmentPhase
{
    /// <summary>Its program or image is being fetched.</summary>
    Fetching,

    /// <summary>Started, not yet healthy.</summary>
    Starting,

    /// <summary>Ingress and admin answer, and the spec is what runs.</summary>
    Ready,

    /// <summary>Ended and will be started again after a pause.</summary>
    BackingOff,

    /// <summary>Fails again and again; still being tried.</summary>
    Failed,
}
