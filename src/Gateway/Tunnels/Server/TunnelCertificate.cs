using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.SignIn.Certificates;
using RestateCloud.Grains.Secrets;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>What the tunnel server shows itself with. Loaded on first use.</summary>
internal sealed partial class TunnelCertificate
{
    private readonly Lazy<(X509Certificate2? Server, string? Authority)> _loaded;
    private readonly ILogger _logger;

    public TunnelCertificate(
        IOptions<TunnelOptions> tunnels, IOptions<GatewayOptions> gateway, IServiceProvider services, TimeProvider time, ILogger<TunnelCertificate> logger)
    {
        _logger = logger;
        _loaded = new(() => tunnels.Value switch
        {
            { Plain: true } => default,
            { CertificateFile: { } file } options => (ConfiguredCertificate.Load(TunnelOptions.Section, file, options.KeyFile), null),
            { Folder: var folder } => Local(gateway.Value.TunnelHost, new(folder, services.GetRequiredService<ISecretProtector>(), time)),
        });
    }

    /// <summary>The certificate with its key; null where clients connect without TLS.</summary>
    public X509Certificate2? Server => _loaded.Value.Server;

    /// <summary>The authority made here that has signed it, in PEM; null where the operator has brought a certificate, or there is none.</summary>
    public string? Authority => _loaded.Value.Authority;

    // Clients ask for the SRV record's name or for its target.
    private (X509Certificate2? Server, string? Authority) Local(string name, LocalCertificateStore store)
    {
        var certificate = store.LoadOrCreate([name, $"*.{name}"]);
        MadeHere(name, store.AuthorityFile);
        return (certificate, File.ReadAllText(store.AuthorityFile));
    }

    [LoggerMessage(LogLevel.Information, "Tunnels use a certificate made here for {Name}; clients trust it with SSL_CERT_FILE={AuthorityFile}")]
    private partial void MadeHere(string name, string authorityFile);
}
