namespace RestateCloud.Grains.SignIn;

/// <summary>
/// What authorization codes stand for, for the minute that they live, whichever gateway gave them out. There are many of these grains, each
/// with its part of the codes; see <see cref="SignInHash.PartOf"/>. Codes themselves never come here, only their hashes.
/// </summary>
public interface IAuthorizationCodesGrain : IGrainWithStringKey
{
    /// <summary>Codes that may wait in one part.</summary>
    const int Capacity = 40;

    /// <summary>Keeps what a code stands for. Durable when it returns.</summary>
    /// <param name="codeHash">The hash of the code.</param>
    /// <param name="grant">What it stands for.</param>
    /// <param name="lifetime">How long it can be redeemed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when too many wait already.</returns>
    Task<bool> IssueAsync(string codeHash, AuthorizationGrant grant, TimeSpan lifetime, CancellationToken cancellationToken = default);

    /// <summary>What a code stands for, or null. It is gone before the answer is given, so that no two callers get it.</summary>
    Task<AuthorizationGrant?> RedeemAsync(string codeHash, CancellationToken cancellationToken = default);
}

/// <summary>That a user let a client in.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ClientId">The client that may redeem the code.</param>
/// <param name="RedirectUri">Where the code was sent.</param>
[GenerateSerializer, Immutable]
public sealed record AuthorizationGrant(string UserId, string ClientId, string RedirectUri);
