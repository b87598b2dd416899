using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Secrets;
using RestateCloud.Grains.Users;

namespace RestateCloud.Grains.Tokens;

internal sealed class TokenIssuerGrain(
    [PersistentState("token-issuer")] IPersistentState<TokenIssuerState> state, ISecretProtector protector, TimeProvider time)
    : Grain, ITokenIssuerGrain
{
    // Tokens are accepted this much before they were issued, for gateways whose clock is behind.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private ECDsa _privateKey = null!;
    private TokenKey _publicKey = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State.PrivateKey is null)
        {
            using var created = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            await state.SaveAsync(new TokenIssuerState
            {
                KeyId = Guid.NewGuid().ToString("n"),
                PrivateKey = protector.Protect(SecretPurpose.TokenKey, created.ExportPkcs8PrivateKeyPem()),
            });
        }

        _privateKey = ECDsa.Create();
        _privateKey.ImportFromPem(protector.Unprotect(SecretPurpose.TokenKey, state.State.PrivateKey!));
        var point = _privateKey.ExportParameters(includePrivateParameters: false).Q;
        _publicKey = new TokenKey(state.State.KeyId!, Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _privateKey.Dispose();
        return Task.CompletedTask;
    }

    public async Task<string> IssueAsync(string userId, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, AccessTokens.MaximumLifetime);
        var user = await GrainFactory.GetGrain<IUserGrain>(userId).DescribeAsync(cancellationToken)
            ?? throw new CloudException(CloudError.NotFound, "There is no such user.");

        var now = time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = AccessTokens.Issuer,
            Audience = AccessTokens.Audience,
            IssuedAt = now,
            NotBefore = now - ClockSkew,
            Expires = now + lifetime,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = user.UserId,
                [JwtRegisteredClaimNames.Email] = user.Email,
                [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("n"),
            },
            SigningCredentials = new SigningCredentials(
                new ECDsaSecurityKey(_privateKey) { KeyId = _publicKey.KeyId, CryptoProviderFactory = new() { CacheSignatureProviders = false } },
                SecurityAlgorithms.EcdsaSha256),
        });
    }

    public Task<ImmutableArray<TokenKey>> GetPublicKeysAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray.Create(_publicKey));
}

internal sealed record TokenIssuerState : IHoldsSecrets<TokenIssuerState>
{
    public string? KeyId { get; init; }

    /// <summary>PEM (PKCS#8), protected.</summary>
    public string? PrivateKey { get; init; }

    TokenIssuerState IHoldsSecrets<TokenIssuerState>.ChangeSecrets(string grainKey, Func<string, string, string> change) =>
        this with { PrivateKey = PrivateKey is null ? null : change(SecretPurpose.TokenKey, PrivateKey) };
}
