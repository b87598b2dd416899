using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Tunnels.Server;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>Has Kestrel serve other gateways: HTTP/2 over TLS on which both sides have shown themselves before a byte of a request is read.</summary>
internal sealed class CrossingListening(IOptions<CrossingOptions> crossing, CrossingCertificates certificates, TimeProvider clock)
    : IConfigureOptions<KestrelServerOptions>
{
    // Of its own: tunnels' clients, who are strangers, take no place from gateways.
    private readonly Handshakes _handshakes = new(clock);

    public void Configure(KestrelServerOptions options)
    {
        if (!crossing.Value.IsOn) return;
        certificates.Load();
        options.Listen(ProtocolEndPoint.Crossing, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => connection => _handshakes.ServeAsync(connection, next));
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = context => certificates.ForServerAsync(context.CancellationToken) });
            listen.Use(next => connection => ServeAsync(connection, next));
        });
    }

    private static Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        connection.Features.Get<Handshake>()?.Dispose();
        return next(connection);
    }
}
