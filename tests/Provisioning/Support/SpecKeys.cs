using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Secrets;
using SimpleBase;

namespace RestateCloud.Provisioning.Tests.Support;

/// <summary>Request identities of environments.</summary>
internal static class SpecKeys
{
    private static readonly byte[] Pkcs8Beginning = Convert.FromHexString("302e020100300506032b657004220420");

    /// <summary>The same environment with another key pair.</summary>
    public static EnvironmentSpec WithNewKey(this EnvironmentSpec spec) => spec.WithKey(RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize));

    /// <summary>The same environment with its first key pair, which is the same in all test processes.</summary>
    public static EnvironmentSpec WithFirstKey(this EnvironmentSpec spec) => spec.WithKey(SHA256.HashData(Encoding.UTF8.GetBytes(spec.EnvironmentId)));

    private static EnvironmentSpec WithKey(this EnvironmentSpec spec, byte[] seed)
    {
        var publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, publicKey, 0);
        var pem = PemEncoding.WriteString("PRIVATE KEY", [.. Pkcs8Beginning, .. seed]);
        return spec with
        {
            SigningPublicKey = $"publickeyv1_{Base58.Bitcoin.Encode(publicKey)}",
            SigningKey = new TestSecrets().Protect(SecretPurpose.SigningKey(spec.EnvironmentId), pem),
        };
    }
}
