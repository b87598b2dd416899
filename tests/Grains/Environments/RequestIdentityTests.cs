using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using RestateCloud.Grains.Environments;
using SimpleBase;

namespace RestateCloud.Grains.Tests.Environments;

public sealed class RequestIdentityTests
{
    [Fact]
    public void The_public_key_is_the_one_of_the_private_pem()
    {
        var identity = RequestIdentity.New();

        var pem = PemEncoding.Find(identity.PrivateKeyPem);
        var pkcs8 = Convert.FromBase64String(identity.PrivateKeyPem.AsSpan()[pem.Base64Data].ToString());
        var expected = new Ed25519PrivateKeyParameters(pkcs8, pkcs8.Length - 32).GeneratePublicKey().GetEncoded();
        Assert.Equal("PRIVATE KEY", identity.PrivateKeyPem[pem.Label]);
        Assert.StartsWith("publickeyv1_", identity.PublicKey);
        Assert.Equal(expected, Base58.Bitcoin.Decode(identity.PublicKey.AsSpan("publickeyv1_".Length)));
    }

    [Fact]
    public void The_private_half_is_not_part_of_its_text()
    {
        var identity = RequestIdentity.New();

        Assert.DoesNotContain("PRIVATE", identity.ToString());
        Assert.Contains(identity.PublicKey, identity.ToString());
    }
}
