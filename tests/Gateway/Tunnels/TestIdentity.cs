using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Org.BouncyCastle.Math.EC.Rfc8032;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Secrets;
using SimpleBase;

namespace RestateCloud.Gateway.Tests.Tunnels;

/// <summary>Signs calls as restate-server does, with an environment's own key.</summary>
/// <param name="PublicKey"><c>publickeyv1_…</c></param>
/// <param name="Seed">The private half.</param>
internal sealed record TestIdentity(string PublicKey, byte[] Seed)
{
    public static async Task<TestIdentity> OfAsync(TestEnvironment environment)
    {
        var description = await environment.Grain.DescribeAsync();
        var protector = environment.Cloud.Services.GetRequiredService<ISecretProtector>();
        var pem = protector.Unprotect(SecretPurpose.SigningKey(environment.Id), environment.Cloud.Provisioner.SigningKeyOf(environment.Id));
        var pkcs8 = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        return new TestIdentity(description!.SigningPublicKey, pkcs8[^Ed25519.SecretKeySize..]);
    }

    /// <summary>One that belongs to no environment.</summary>
    public static TestIdentity New()
    {
        var seed = RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize);
        var publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, publicKey, 0);
        return new TestIdentity($"publickeyv1_{Base58.Bitcoin.Encode(publicKey)}", seed);
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
        return $"{header}.{claims}.{Base64UrlEncoder.Encode(signature)}";
    }

    private static string Encode(object value) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(value));
}
