using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Listening;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>Has Kestrel give the connections to the tunnel port, with TLS ended, to the tunnel server.</summary>
internal sealed class TunnelListening(TunnelCertificate certificate, Handshakes handshakes, ILogger<TunnelTls> logger) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options) => options.Listen(ProtocolEndPoint.Tunnel, listen =>
    {
        listen.Protocols = HttpProtocols.Http2;
        listen.Use(next => connection => handshakes.ServeAsync(connection, next));
        if (certificate.Server is { } server) listen.Use(new TunnelTls(server, logger).Serve);
        listen.UseConnectionHandler<TunnelConnectionHandler>();
    });
}
