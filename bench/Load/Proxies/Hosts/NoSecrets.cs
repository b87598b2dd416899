using RestateCloud.Grains.Secrets;

namespace RestateCloud.Load.Proxies.Hosts;

/// <summary>Nothing that the grains of a benchmark hold outlives it.</summary>
internal sealed class NoSecrets : ISecretProtector
{
    public string Protect(string purpose, string secret) => secret;

    public string Unprotect(string purpose, string protectedSecret) => protectedSecret;
}
