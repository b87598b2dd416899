using System.Collections.Immutable;
using Orleans.Concurrency;
using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Tiers;
using RestateCloud.Grains.Tunnels;

namespace RestateCloud.Grains.Environments;

/// <summary>
/// An environment; key <c>env_…</c>. A reconciler: what is asked for and what is seen are kept apart, and one idempotent step at a time
/// brings the second to the first. Callers have checked that the environment belongs to the account they speak for.
/// </summary>
public interface IEnvironmentGrain : IGrainWithStringKey
{
    /// <summary>Called by its account; idempotent. Durable when it returns; the work goes on by itself.</summary>
    Task CreateAsync(EnvironmentCreation creation, CancellationToken cancellationToken = default);

    /// <summary>The environment, or null when there is none of this id.</summary>
    [AlwaysInterleave]
    Task<EnvironmentDescription?> DescribeAsync(CancellationToken cancellationToken = default);

    /// <summary>Where its traffic goes, or null when there is none of this id. Gateways cache it and hear of changes.</summary>
    [AlwaysInterleave]
    Task<EnvironmentRoute?> GetRouteAsync(CancellationToken cancellationToken = default);

    /// <summary>Called by its account; idempotent.</summary>
    Task ChangeTierAsync(Tier tier, CancellationToken cancellationToken = default);

    /// <summary>Asks for another version of restate-server. State is kept; downgrades across minor versions are refused.</summary>
    /// <exception cref="Errors.CloudException">No such environment, or not a version that can follow the present one.</exception>
    Task ChangeVersionAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>Called by its account; idempotent.</summary>
    Task DestroyAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates an API key; its secret is in the answer and nowhere else.</summary>
    /// <param name="role">What the key may do.</param>
    /// <param name="description">At most 256 characters, or null.</param>
    /// <param name="expiresAt">From when on it is refused, or null.</param>
    /// <param name="idempotencyKey">A repeated call with the same key within 24 hours answers the first call's key and secret.</param>
    /// <param name="cancellationToken">Ends the wait, not a creation that has begun.</param>
    /// <exception cref="Errors.CloudException">No such environment, invalid input, or too many keys.</exception>
    Task<CreatedApiKey> CreateApiKeyAsync(
        ApiKeyRole role, string? description, DateTimeOffset? expiresAt, string? idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>A key of this environment, deleted ones included while they are remembered; null when it has none of this id.</summary>
    [AlwaysInterleave]
    Task<ApiKeyDescription?> DescribeApiKeyAsync(string keyId, CancellationToken cancellationToken = default);

    /// <summary>Revokes a key: durable, and known to every gateway that answers, when this returns. Idempotent.</summary>
    /// <exception cref="Errors.CloudException">No such key in this environment.</exception>
    Task DeleteApiKeyAsync(string keyId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Begins to replace the key pair that its calls are signed with: makes the next one and shows its public half. Nothing is signed with it
    /// before <see cref="CompleteIdentityRotationAsync"/>.
    /// </summary>
    /// <param name="idempotencyKey">A repeated call with the same key within 24 hours answers the first call's key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The next public key, <c>publickeyv1_…</c>.</returns>
    /// <exception cref="Errors.CloudException">No such environment, or the last rotation is not over.</exception>
    Task<string> BeginIdentityRotationAsync(string? idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>
    /// Has the environment sign with the next key: its services know it. The last key is accepted until
    /// <see cref="RequestIdentityOptions.Overlap"/> after the new one is seen in use. Idempotent.
    /// </summary>
    /// <param name="publicKey">The next key, as <see cref="BeginIdentityRotationAsync"/> gave it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.CloudException">No such environment, or not its next key.</exception>
    Task CompleteIdentityRotationAsync(string publicKey, CancellationToken cancellationToken = default);

    /// <summary>Drops the next key pair; idempotent.</summary>
    /// <param name="publicKey">The next key, as <see cref="BeginIdentityRotationAsync"/> gave it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.CloudException">No such environment, or the rotation is completed, or it is another one.</exception>
    Task CancelIdentityRotationAsync(string publicKey, CancellationToken cancellationToken = default);

    /// <summary>Called by a gateway at which a tunnel's client has connected; idempotent.</summary>
    /// <param name="name">The tunnel's name.</param>
    /// <param name="hold">The gateway.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.CloudException">No such environment, or too many tunnels.</exception>
    Task OpenTunnelAsync(string name, TunnelHold hold, CancellationToken cancellationToken = default);

    /// <summary>Log lines of the environment's servers, oldest first.</summary>
    /// <param name="start">First instant, in nanoseconds since 1970.</param>
    /// <param name="end">Last instant, in nanoseconds since 1970, exclusive.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>At most 10,000 lines or 4 MiB, whichever comes first.</returns>
    [AlwaysInterleave]
    Task<ImmutableArray<LogLine>> ReadLogsAsync(long start, long end, CancellationToken cancellationToken = default);

    /// <summary>Takes a step now: something about the environment may have changed. Cheap and idempotent.</summary>
    Task ReconcileAsync(CancellationToken cancellationToken = default);
}

/// <summary>What an account tells a new environment.</summary>
/// <param name="AccountId">The account it belongs to.</param>
/// <param name="Name">Unique in the account.</param>
/// <param name="Region">Where it runs.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Version">The restate-server version it starts with.</param>
[GenerateSerializer, Immutable]
public sealed record EnvironmentCreation(string AccountId, string Name, string Region, Tier Tier, string Version);
