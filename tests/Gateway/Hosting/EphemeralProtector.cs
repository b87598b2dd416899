using Microsoft.AspNetCore.DataProtection;
using RestateCloud.Grains.Secrets;

namespace RestateCloud.Gateway.Tests.Hosting;

/// <summary>Protects with keys that end with the test.</summary>
internal sealed class EphemeralProtector : ISecretProtector
{
    private readonly IDataProtectionProvider _provider = new EphemeralDataProtectionProvider();

    public string Protect(string purpose, string secret) => _provider.CreateProtector(purpose).Protect(secret);

    public string Unprotect(string purpose, string protectedSecret) => _provider.CreateProtector(purpose).Unprotect(protectedSecret);
}
