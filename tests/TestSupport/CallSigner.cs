using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Math.EC.Rfc8032;
using SimpleBase;

namespace RestateCloud.TestSupport;

/// <summary>Signs calls as restate-server does, with an environment's own key.</summary>
/// <param name="PublicKey"><c>publickeyv1_…</c></param>
/// <param name="Seed">The private half.</param>
public sealed record CallSigner(string PublicKey, byte[] Seed)
{
    /// <summary>One with a key of its own.</summary>
    public static CallSigner Create()
    {
        var (seed, key) = (RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize), new byte[Ed25519.PublicKeySize]);
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        return new CallSigner($"publickeyv1_{Base58.Bitcoin.Encode(key)}", seed);
    }

    /// <summary>A token for a path that is genuine unless something is changed.</summary>
    public string Token(string audience, int issuedSecondsAgo = 0, string algorithm = "EdDSA", string? keyId = null)
    {
        var issued = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - issuedSecondsAgo;
        var header = Encode(new { typ = "JWT", alg = algorithm, kid = keyId ?? PublicKey });
        var claims = Encode(new { aud = audience, exp = issued + 60, iat = issued, nbf = issued - 60 });
        var message = Encoding.ASCII.GetBytes($"{header}.{claims}");
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(Seed, 0, message, 0, message.Length, signature, 0);
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
