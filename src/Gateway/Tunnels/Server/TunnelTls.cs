using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using RestateCloud.Gateway.Listening;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>Ends TLS, with ALPN h2, right above the socket. Kestrel's would copy all bytes through two pipes more.</summary>
internal sealed partial class TunnelTls(X509Certificate2 certificate, ILogger<TunnelTls> logger)
{
    private readonly SslServerAuthenticationOptions _options = new()
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null),
        ApplicationProtocols = [SslApplicationProtocol.Http2],
    };

    public ConnectionDelegate Serve(ConnectionDelegate next) => async connection =>
    {
        var handshake = connection.Features.GetRequiredFeature<Handshake>();
        var socket = (StreamConnection)connection;
        var records = socket.Through(plain => new GatheredWrites(plain));
        var tls = socket.Through(under => new SslStream(under));
        try
        {
            await tls.AuthenticateAsServerAsync(_options, handshake.Token);
            records.Gather();
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            LogNotSecured(e.Message);
            return;
        }

        await next(connection);
    };

    [LoggerMessage(LogLevel.Debug, "A client of tunnels and this server could not agree on TLS: {Why}")]
    private partial void LogNotSecured(string why);
}
