using Orleans.Concurrency;

namespace RestateCloud.Grains.Users;

/// <summary>Who an e-mail address belongs to; key is the address in lower case. Makes addresses unique.</summary>
public interface IUserEmailGrain : IGrainWithStringKey
{
    /// <summary>The user of this address, or null.</summary>
    [AlwaysInterleave]
    Task<string?> FindUserAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Counts an attempt to sign in under this address, whether or not it is anybody's. Before its outcome is known, so that many at the same
    /// time are no way around it.
    /// </summary>
    /// <param name="limit">Attempts that may be made within the window.</param>
    /// <param name="window">The time up to now that is looked at.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the attempt may be made; one that may not does not count.</returns>
    Task<bool> TryAttemptAsync(int limit, TimeSpan window, CancellationToken cancellationToken = default);

    /// <summary>Gives the address to a user; true when it is that user's now, false when it is another's.</summary>
    Task<bool> ClaimAsync(string userId, CancellationToken cancellationToken = default);
}
