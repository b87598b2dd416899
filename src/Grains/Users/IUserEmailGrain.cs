using Orleans.Concurrency;

namespace RestateCloud.Grains.Users;

/// <summary>Who an e-mail address belongs to; key is the address in lower case. Makes addresses unique.</summary>
public interface IUserEmailGrain : IGrainWithStringKey
{
    /// <summary>The user of this address, or null.</summary>
    [AlwaysInterleave]
    Task<string?> FindUserAsync(CancellationToken cancellationToken = default);

    /// <summary>Gives the address to a user; true when it is that user's now, false when it is another's.</summary>
    Task<bool> ClaimAsync(string userId, CancellationToken cancellationToken = default);
}
