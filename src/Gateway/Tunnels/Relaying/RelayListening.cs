using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Listening;

namespace RestateCloud.Gateway.Tunnels.Relaying;

/// <summary>Has Kestrel give the connections of environments that speak HTTP/2 to the relay.</summary>
internal sealed class RelayListening : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options) => options.Listen(ProtocolEndPoint.TunnelProxy, listen =>
    {
        listen.Protocols = HttpProtocols.Http2;
        listen.UseConnectionHandler<ProxyRelay>();
    });
}
