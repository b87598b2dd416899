using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using RestateCloud.Gateway.Identity;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Tokens;

namespace RestateCloud.Gateway.Tests.Identity;

/// <summary>What only an issuer could do wrong, or a thief of its key.</summary>
public sealed class AccessTokenVerifierTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _user = ResourceId.New(ResourceId.User);
    private readonly ManualClock _clock = new();
    private readonly TokenKeySource _source;
    private readonly AccessTokenVerifier _verifier;
    private ImmutableArray<TokenKey> _published;
    private int _reads;

    public AccessTokenVerifierTests()
    {
        _published = [PublicKey("k1", _key)];
        _clock.Advance(DateTimeOffset.UtcNow - _clock.GetUtcNow());
        _source = new TokenKeySource(
            _ =>
            {
                _reads++;
                return Task.FromResult(_published);
            },
            _clock);
        _verifier = new(_source, _clock);
    }

    public void Dispose()
    {
        _source.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task A_token_of_the_issuer_is_accepted()
    {
        var (token, failure) = await VerifyAsync(Forge.Claims(_user));

        Assert.Equal((_user, AuthenticationFailure.None), (token?.Principal.UserId, failure));
    }

    [Fact]
    public async Task A_token_for_somebody_else_is_refused()
    {
        object[] claims =
        [
            Forge.Claims(_user, issuer: "elsewhere"),
            Forge.Claims(_user, audience: "elsewhere"),
            Forge.Claims(ResourceId.New(ResourceId.Account)),
            Forge.Claims(""),
            new { iss = AccessTokens.Issuer, aud = AccessTokens.Audience, sub = _user },
            new { iss = AccessTokens.Issuer, aud = AccessTokens.Audience, exp = 4_000_000_000 },
            new { iss = AccessTokens.Issuer, sub = _user, exp = 4_000_000_000 },
            new { aud = AccessTokens.Audience, sub = _user, exp = 4_000_000_000 },
            new { iss = AccessTokens.Issuer, aud = AccessTokens.Audience, sub = _user, exp = 4_000_000_000, nbf = 3_999_999_999 },
        ];

        foreach (var claim in claims) Assert.Equal(AuthenticationFailure.Invalid, (await VerifyAsync(claim)).Failure);
    }

    [Fact]
    public async Task An_expired_token_is_told_so() =>
        Assert.Equal(AuthenticationFailure.Expired, (await VerifyAsync(Forge.Claims(_user, expiresIn: -1))).Failure);

    [Fact]
    public async Task An_expired_token_with_a_wrong_signature_is_not_told_so()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var (_, failure) = await _verifier.VerifyAsync(Forge.SignedBy(other, "k1", Forge.Claims(_user, expiresIn: -1)));

        Assert.Equal(AuthenticationFailure.Invalid, failure);
    }

    [Fact]
    public async Task After_a_rotation_the_new_key_is_found_by_its_id()
    {
        await VerifyAsync(Forge.Claims(_user));
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _published = [PublicKey("k2", next), PublicKey("k1", _key)];
        _clock.Advance(TimeSpan.FromSeconds(6));

        var (token, _) = await _verifier.VerifyAsync(Forge.SignedBy(next, "k2", Forge.Claims(_user)));

        Assert.NotNull(token);
    }

    [Fact]
    public async Task Invented_key_ids_do_not_make_it_ask_the_issuer_again_and_again()
    {
        await VerifyAsync(Forge.Claims(_user));
        _clock.Advance(TimeSpan.FromSeconds(6));
        for (var i = 0; i < 100; i++) await _verifier.VerifyAsync(Forge.SignedBy(_key, $"invented{i}", Forge.Claims(_user)));

        Assert.Equal(2, _reads);
    }

    private async Task<(VerifiedToken? Token, AuthenticationFailure Failure)> VerifyAsync(object claims) =>
        await _verifier.VerifyAsync(Forge.SignedBy(_key, "k1", claims));

    private static TokenKey PublicKey(string id, ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return new TokenKey(id, Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
    }
}
