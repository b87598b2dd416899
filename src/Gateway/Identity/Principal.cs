using RestateCloud.Grains.ApiKeys;

namespace RestateCloud.Gateway.Identity;

/// <summary>Who makes a request: a <see cref="UserPrincipal"/> or an <see cref="ApiKeyPrincipal"/>.</summary>
public abstract record Principal
{
    private protected Principal()
    {
    }
}

/// <summary>A person, known by an access token. Which accounts the person belongs to is not in the token: ask the user's grain.</summary>
/// <param name="UserId"><c>user_…</c>, claim <c>sub</c>.</param>
/// <param name="Email">The address the token was issued to, claim <c>email</c>; for display only.</param>
public sealed record UserPrincipal(string UserId, string? Email) : Principal;

/// <summary>A machine, known by the API key of one environment.</summary>
/// <param name="KeyId"><c>key_…</c></param>
/// <param name="EnvironmentId">The only environment that the key opens.</param>
/// <param name="AccountId">That environment's account.</param>
/// <param name="Role">What the key may do there.</param>
public sealed record ApiKeyPrincipal(string KeyId, string EnvironmentId, string AccountId, ApiKeyRole Role) : Principal;
