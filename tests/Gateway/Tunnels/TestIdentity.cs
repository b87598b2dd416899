using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Org.BouncyCastle.Math.EC.Rfc8032;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Secrets;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels;

/// <summary>Signs with the key that an environment was given.</summary>
internal static class TestIdentity
{
    public static async Task<CallSigner> OfAsync(TestEnvironment environment)
    {
        var description = await environment.Grain.DescribeAsync();
        var protector = environment.Cloud.Services.GetRequiredService<ISecretProtector>();
        var pem = protector.Unprotect(SecretPurpose.SigningKey(environment.Id), environment.Cloud.Provisioner.SigningKeyOf(environment.Id));
        var pkcs8 = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        return new CallSigner(description!.SigningPublicKey, pkcs8[^Ed25519.SecretKeySize..]);
    }
}
