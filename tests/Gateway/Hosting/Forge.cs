using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using RestateCloud.Grains.Tokens;

namespace RestateCloud.Gateway.Tests.Hosting;

/// <summary>Makes tokens that the issuer did not.</summary>
internal static class Forge
{
    public static object Claims(string userId, string issuer = AccessTokens.Issuer, string audience = AccessTokens.Audience, int expiresIn = 3600) => new
    {
        iss = issuer,
        aud = audience,
        sub = userId,
        nbf = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60,
        exp = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + expiresIn,
    };

    /// <summary>A token signed with a key that the forger has made.</summary>
    public static string SignedBy(ECDsa key, string keyId, object claims) =>
        Sign(new { alg = "ES256", typ = "JWT", kid = keyId }, claims, input => key.SignData(input, HashAlgorithmName.SHA256));

    /// <summary>A token without a signature.</summary>
    public static string Unsigned(string algorithm, string? keyId, object claims) => Sign(new { alg = algorithm, typ = "JWT", kid = keyId }, claims, _ => []);

    /// <summary>The classic confusion: the public key, taken for the secret of an HMAC.</summary>
    public static string SignedWithPublicKey(TokenKey key, object claims) => Sign(
        new { alg = "HS256", typ = "JWT", kid = key.KeyId },
        claims,
        input => HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.X + key.Y), input));

    /// <summary>A genuine token with another payload.</summary>
    public static string WithPayload(string token, object claims)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Encode(claims)}.{parts[2]}";
    }

    private static string Sign(object header, object claims, Func<byte[], byte[]> sign)
    {
        var input = $"{Encode(header)}.{Encode(claims)}";
        return $"{input}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    private static string Encode(object value) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(value));
}
