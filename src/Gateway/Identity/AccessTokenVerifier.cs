using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Tokens;

namespace RestateCloud.Gateway.Identity;

/// <summary>Verifies access tokens: ES256 and nothing else, our issuer and audience, a key that the issuer shows, and the times.</summary>
internal sealed class AccessTokenVerifier(TokenKeySource source, TimeProvider clock)
{
    /// <summary>How far the clocks of silo and gateway may be apart.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>The token's bearer and the time it is good until, or why it is refused.</summary>
    /// <exception cref="Caching.GrainUnavailableException">The keys are not known and the issuer does not answer.</exception>
    public async ValueTask<(VerifiedToken? Token, AuthenticationFailure Failure)> VerifyAsync(string text)
    {
        if (Parse(text) is not { Alg: SecurityAlgorithms.EcdsaSha256 } token) return (null, AuthenticationFailure.Invalid);

        var keys = await source.GetAsync();
        if (keys?.Find(token.Kid) is null) keys = await source.GetAfterUnknownKeyAsync();
        if (keys?.Find(token.Kid) is not { } key) return (null, AuthenticationFailure.Invalid);

        var result = await _handler.ValidateTokenAsync(token, Parameters(key));
        if (!result.IsValid || !ResourceId.IsValid(ResourceId.User, token.Subject)) return (null, AuthenticationFailure.Invalid);
        if (HasExpired(token.ValidTo)) return (null, AuthenticationFailure.Expired);

        var email = token.TryGetPayloadValue(JwtRegisteredClaimNames.Email, out string? claim) ? claim : null;
        return (new VerifiedToken(new UserPrincipal(token.Subject, email), token.ValidTo, keys), AuthenticationFailure.None);
    }

    /// <summary>Whether a token that is good until then is good no more.</summary>
    public bool HasExpired(DateTime validTo) => validTo <= clock.GetUtcNow().UtcDateTime;

    private static JsonWebToken? Parse(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private TokenValidationParameters Parameters(SecurityKey key) => new()
    {
        ValidIssuer = AccessTokens.Issuer,
        ValidAudience = AccessTokens.Audience,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKey = key,
        TryAllIssuerSigningKeys = false,
        // Expiry is looked at last and by the caller: who holds a genuine token may know that it has expired.
        LifetimeValidator = (notBefore, expires, _, _) =>
            expires is not null && !(notBefore > clock.GetUtcNow().UtcDateTime + ClockSkew),
    };
}

/// <summary>A token that has passed every check.</summary>
/// <param name="Principal">Its bearer.</param>
/// <param name="ValidTo">Claim <c>exp</c>, UTC.</param>
/// <param name="Keys">The keys it was checked against: with other keys it has to be checked again.</param>
internal sealed record VerifiedToken(UserPrincipal Principal, DateTime ValidTo, TokenKeySet Keys);
