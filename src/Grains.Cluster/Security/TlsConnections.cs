using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using RestateCloud.Protocols.Connections;
using RestateCloud.Protocols.Tls;

namespace RestateCloud.Grains.Cluster.Security;

/// <summary>
/// Puts TLS between Orleans and the connections of a member. Both sides show a certificate before Orleans reads a byte; nobody is let in who
/// has none of the cluster's authority, and nobody else is connected to.
/// </summary>
internal sealed partial class TlsConnections
{
    /// <summary>How long both sides may take to show themselves.</summary>
    public static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(10);

    /// <summary>Connections whose other side has not shown itself yet; beyond it the oldest of them is cut off.</summary>
    public const int Handshakes = 1024;

    // Sent in the clear as the name of the server; nobody compares it with anything.
    private const string ServerName = "restate-cloud";

    private readonly UndecidedConnections _undecided = new(Handshakes);
    private readonly MemberCertificates _certificates;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    public TlsConnections(MemberCertificates certificates, TimeProvider clock, ILogger<TlsConnections> logger)
    {
        (_certificates, _clock, _logger) = (certificates, clock, logger);
        certificates.Replaced += identity => LogReplaced(identity.Certificate.NotAfter);
        certificates.NotReplaced += exception => LogNotReplaced(exception.Message);
    }

    /// <summary>Serves a connection that was taken; one whose other side is no member ends here.</summary>
    public async Task AcceptAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        await using var tls = new TlsTransport(connection.Transport);
        var place = _undecided.Add(() => connection.Abort(new("Too many connections wait for the other side's certificate.")));
        try
        {
            await ShakeHandsAsync(async cancellationToken =>
            {
                var options = (await _certificates.GetAsync(cancellationToken)).ForServer();
                await tls.AcceptAsync(options, cancellationToken);
            });
        }
        catch (AuthenticationException exception)
        {
            LogRefused(connection.RemoteEndPoint, exception.Message);
            return;
        }
        finally
        {
            _undecided.Remove(place);
        }

        await RunAsync(connection, tls, next);
    }

    /// <summary>Serves a connection that was opened here.</summary>
    /// <exception cref="AuthenticationException">The other side is no member, or does not take this one for one.</exception>
    public async Task ConnectAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        await using var tls = new TlsTransport(connection.Transport);
        await ShakeHandsAsync(async cancellationToken =>
        {
            var options = (await _certificates.GetAsync(cancellationToken)).ForClient(ServerName);
            options.RemoteCertificateValidationCallback = (_, _, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None;
            await tls.ConnectAsync(options, cancellationToken);
        });
        await RunAsync(connection, tls, next);
    }

    private async Task ShakeHandsAsync(Func<CancellationToken, Task> handshake)
    {
        using var limit = new CancellationTokenSource(HandshakeTime, _clock);
        try
        {
            await handshake(limit.Token);
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
        {
            throw new AuthenticationException($"The other side has not shown itself within {HandshakeTime.TotalSeconds:0} seconds.", exception);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or AuthenticationException { InnerException: not null })
        {
            throw new AuthenticationException($"The other side has not shown itself: {exception.GetBaseException().Message}", exception);
        }
    }

    private static async Task RunAsync(ConnectionContext connection, TlsTransport tls, ConnectionDelegate next)
    {
        var plain = connection.Transport;
        connection.Transport = tls;
        try
        {
            await next(connection);
        }
        finally
        {
            // Whoever closes the connection completes its own transport.
            connection.Transport = plain;
        }
    }
}
