using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RestateCloud.Grains.Secrets;

namespace RestateCloud.Gateway.SignIn.Certificates;

/// <summary>Adds the https port to Kestrel when one is asked for. It serves what the Api port serves.</summary>
internal sealed partial class HttpsConfiguration(
    IOptions<HttpsOptions> https, IOptions<GatewayOptions> gateway, IServiceProvider services, TimeProvider time, ILogger<HttpsConfiguration> logger)
    : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        if (https.Value.Port is not { } port) return;
        var certificate = https.Value.CertificateFile is { } file ? ConfiguredCertificate.Load(HttpsOptions.Section, file, https.Value.KeyFile) : Local();
        options.Listen(gateway.Value.Address, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(certificate);
        });
    }

    private X509Certificate2 Local()
    {
        var store = new LocalCertificateStore(https.Value.Folder, services.GetRequiredService<ISecretProtector>(), time);
        var certificate = store.LoadOrCreate(https.Value.HostNames);
        MadeHere(store.AuthorityFile);
        return certificate;
    }

    [LoggerMessage(LogLevel.Information, "https uses a certificate made here; clients trust it with SSL_CERT_FILE={AuthorityFile}")]
    private partial void MadeHere(string authorityFile);
}
