namespace RestateCloud.Gateway.SignIn.AuthorizationCode;

/// <summary>Keeps what authorization codes stand for, for the minute that they live.</summary>
internal interface IAuthorizationCodes
{
    /// <summary>A new code, or null when there are too many.</summary>
    string? Issue(AuthorizationGrant grant);

    /// <summary>What a code stands for, or null. A code that was asked for once is gone, whatever came of it.</summary>
    AuthorizationGrant? Redeem(string code);
}

/// <summary>That a user let a client in.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ClientId">The client that may redeem the code.</param>
/// <param name="RedirectUri">Where the code was sent.</param>
internal sealed record AuthorizationGrant(string UserId, string ClientId, string RedirectUri);
