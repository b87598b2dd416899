using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Listening;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>Has Kestrel end TLS on the tunnel port, with ALPN h2, and give the connections to the tunnel server.</summary>
internal sealed class TunnelListening(TunnelCertificate certificate) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options) => options.Listen(ProtocolEndPoint.Tunnel, listen =>
    {
        listen.Protocols = HttpProtocols.Http2;
        if (certificate.Server is { } server) listen.UseHttps(server);
        listen.UseConnectionHandler<TunnelConnectionHandler>();
    });
}
