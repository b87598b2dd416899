using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Listening;

namespace RestateCloud.Gateway.Tunnels.Relaying;

/// <summary>Has Kestrel give the connections of environments to the relay.</summary>
internal sealed class RelayListening : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        options.Listen(ProtocolEndPoint.TunnelProxyHttp1, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(listen.ApplicationServices.GetRequiredService<Http1ProxyRelay>().Serve);
        });
        options.Listen(ProtocolEndPoint.TunnelProxyHttp2, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseConnectionHandler<ProxyRelay>();
        });
    }
}
