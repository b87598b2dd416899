using Microsoft.AspNetCore.DataProtection;
using RestateCloud.Grains.Secrets;

namespace RestateCloud.Silo.Data;

/// <summary>ASP.NET Core Data Protection (AES-256, authenticated), its keys in a folder of their own in the data folder.</summary>
internal sealed class DataProtectionSecretProtector(IDataProtectionProvider provider) : ISecretProtector
{
    public string Protect(string purpose, string secret) => provider.CreateProtector(purpose).Protect(secret);

    public string Unprotect(string purpose, string protectedSecret) => provider.CreateProtector(purpose).Unprotect(protectedSecret);
}
