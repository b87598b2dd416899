using System.Collections.Immutable;
using Orleans.Concurrency;

namespace RestateCloud.Grains.Tokens;

/// <summary>
/// Signs access tokens (JWT, ES256) and shows the public keys they are verified with. The private key never leaves the silo.
/// The one grain of this kind has the key <see cref="Key"/>.
/// </summary>
public interface ITokenIssuerGrain : IGrainWithStringKey
{
    /// <summary>The key of the one issuer.</summary>
    const string Key = "access-tokens";

    /// <summary>A token that says who its bearer is: claims <c>iss</c>, <c>aud</c>, <c>sub</c> (user id), <c>email</c>, <c>iat</c>, <c>nbf</c>, <c>exp</c>, <c>jti</c>.</summary>
    /// <param name="userId">The bearer.</param>
    /// <param name="lifetime">At most 12 hours.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.CloudException">No such user.</exception>
    Task<string> IssueAsync(string userId, TimeSpan lifetime, CancellationToken cancellationToken = default);

    /// <summary>The public keys, the one in use first.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<TokenKey>> GetPublicKeysAsync(CancellationToken cancellationToken = default);
}

/// <summary>A public key on curve P-256, as in a JWK.</summary>
/// <param name="KeyId"><c>kid</c></param>
/// <param name="X">x coordinate, base64url.</param>
/// <param name="Y">y coordinate, base64url.</param>
[GenerateSerializer, Immutable]
public sealed record TokenKey(string KeyId, string X, string Y);

/// <summary>What access tokens of this cloud carry and are checked against.</summary>
public static class AccessTokens
{
    /// <summary>Claim <c>iss</c>.</summary>
    public const string Issuer = "restate-cloud";

    /// <summary>Claim <c>aud</c>.</summary>
    public const string Audience = "restate-cloud";

    /// <summary>The longest life of a token.</summary>
    public static readonly TimeSpan MaximumLifetime = TimeSpan.FromHours(12);
}
