using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using SimpleBase;

namespace RestateCloud.Grains.Environments;

/// <summary>
/// The key pair that an environment signs its calls to services with (Ed25519): <c>publickeyv1_</c> and the raw 32 bytes in base58 as the
/// official SDKs take it, and one PKCS#8 PEM as restate-server reads it.
/// </summary>
internal sealed record RequestIdentity(string PublicKey, string PrivateKeyPem)
{
    public static RequestIdentity New()
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        var pair = generator.GenerateKeyPair();

        // Without the optional public half: restate-server reads version 1 of the structure.
        var seed = ((Ed25519PrivateKeyParameters)pair.Private).GetEncoded();
        byte[] pkcs8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20, .. seed];
        var pem = PemEncoding.WriteString("PRIVATE KEY", pkcs8);
        var publicKey = ((Ed25519PublicKeyParameters)pair.Public).GetEncoded();
        return new RequestIdentity($"publickeyv1_{Base58.Bitcoin.Encode(publicKey)}", pem + "\n");
    }

    /// <summary>Leaves the private half out.</summary>
    public override string ToString() => PublicKey;
}
