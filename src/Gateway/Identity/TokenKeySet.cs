using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.IdentityModel.Tokens;
using RestateCloud.Grains.Tokens;

namespace RestateCloud.Gateway.Identity;

/// <summary>The public keys that access tokens are verified with, by <c>kid</c>.</summary>
internal sealed class TokenKeySet(ImmutableArray<TokenKey> keys)
{
    private readonly FrozenDictionary<string, SecurityKey> _keys = keys.ToFrozenDictionary(key => key.KeyId, ToSecurityKey);

    public SecurityKey? Find(string? keyId) => keyId is null ? null : _keys.GetValueOrDefault(keyId);

    private static SecurityKey ToSecurityKey(TokenKey key) => new JsonWebKey
    {
        Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
        Crv = JsonWebKeyECTypes.P256,
        Alg = SecurityAlgorithms.EcdsaSha256,
        Kid = key.KeyId,
        X = key.X,
        Y = key.Y,
    };
}
