using Orleans.Concurrency;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Grains.Accounts;

/// <summary>
/// An account; key <c>acc_…</c>. Holds its owners and its environments and enforces what they may be.
/// Callers have checked that the user belongs to the account; the grain checks what only the owner may do.
/// </summary>
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Called by the owner's grain; idempotent.</summary>
    Task CreateAsync(string name, string ownerUserId, CancellationToken cancellationToken = default);

    /// <summary>The account, or null when there is none of this id.</summary>
    [AlwaysInterleave]
    Task<AccountDescription?> DescribeAsync(CancellationToken cancellationToken = default);

    /// <summary>Renames it. Same rules as at creation.</summary>
    /// <exception cref="Errors.CloudException">No such account, or an invalid name.</exception>
    Task RenameAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Deletes an account without environments.</summary>
    /// <param name="userId">Who asks: must be the owner.</param>
    /// <param name="cancellationToken">Ends the wait, not a deletion that has begun.</param>
    /// <exception cref="Errors.CloudException">It still has environments, or the user is not its owner.</exception>
    Task DeleteAsync(string userId, CancellationToken cancellationToken = default);

    /// <summary>Shares the account with another user; idempotent.</summary>
    /// <exception cref="Errors.CloudException">No such user, not the owner, or too many.</exception>
    Task AddSecondaryOwnerAsync(string userId, string secondaryOwnerUserId, CancellationToken cancellationToken = default);

    /// <summary>Takes a share back; idempotent.</summary>
    /// <exception cref="Errors.CloudException">The user is not the owner and not the one who leaves.</exception>
    Task RemoveSecondaryOwnerAsync(string userId, string secondaryOwnerUserId, CancellationToken cancellationToken = default);

    /// <summary>Creates an environment; it is durable when this returns and becomes ACTIVE by itself.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="idempotencyKey">A repeated call with the same key within 24 hours answers the first call's environment.</param>
    /// <param name="cancellationToken">Ends the wait, not a creation that has begun.</param>
    /// <exception cref="Errors.CloudException">Invalid or taken name, unknown region or version, or too many of this tier.</exception>
    Task<EnvironmentSummary> CreateEnvironmentAsync(NewEnvironment request, string? idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>Moves an environment to another tier within the account's quota.</summary>
    /// <exception cref="Errors.CloudException">No such environment, or too many of this tier.</exception>
    Task ChangeTierAsync(string environmentId, Tier tier, CancellationToken cancellationToken = default);

    /// <summary>Asks for an environment to be destroyed; it is no longer listed when this returns. Idempotent while it lasts.</summary>
    /// <exception cref="Errors.CloudException">No such environment.</exception>
    Task DestroyEnvironmentAsync(string environmentId, CancellationToken cancellationToken = default);

    /// <summary>Finishes what was begun and wakes the account's environments; called when a silo starts. Cheap and idempotent.</summary>
    Task WakeAsync(CancellationToken cancellationToken = default);
}
