using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.SignIn.Certificates;
using RestateCloud.Grains.Secrets;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>Has Kestrel end TLS on the tunnel port, with ALPN h2, and give the connections to the tunnel server.</summary>
internal sealed partial class TunnelListening(
    IOptions<TunnelOptions> tunnels, IOptions<GatewayOptions> gateway, IServiceProvider services, TimeProvider time, ILogger<TunnelListening> logger)
    : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options) => options.Listen(ProtocolEndPoint.Tunnel, listen =>
    {
        listen.Protocols = HttpProtocols.Http2;
        if (!tunnels.Value.Plain) listen.UseHttps(Certificate());
        listen.UseConnectionHandler<TunnelConnectionHandler>();
    });

    private X509Certificate2 Certificate() => tunnels.Value.CertificateFile is { } file
        ? ConfiguredCertificate.Load(TunnelOptions.Section, file, tunnels.Value.KeyFile)
        : Local();

    // Clients ask for the SRV record's name or for its target.
    private X509Certificate2 Local()
    {
        var name = gateway.Value.TunnelHost;
        var store = new LocalCertificateStore(tunnels.Value.Folder, services.GetRequiredService<ISecretProtector>(), time);
        var certificate = store.LoadOrCreate([name, $"*.{name}"]);
        MadeHere(name, store.AuthorityFile);
        return certificate;
    }

    [LoggerMessage(LogLevel.Information, "Tunnels use a certificate made here for {Name}; clients trust it with SSL_CERT_FILE={AuthorityFile}")]
    private partial void MadeHere(string name, string authorityFile);
}
