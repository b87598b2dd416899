using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Tunnels;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>
/// Serves a connection of a tunnel's client from accept to close. The roles of HTTP/2 are reversed on it: this side sends the requests,
/// the first of which is the handshake.
/// </summary>
internal sealed partial class TunnelConnectionHandler(
    TunnelAdmitter admitter, TunnelHolder holder, EnvironmentUrls urls, TimeProvider clock, ILogger<TunnelConnectionHandler> logger)
    : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        await using var accepted = new AcceptedConnection(connection.Transport, clock);
        try
        {
            if (await HandshakeAsync(accepted, connection) is { } tunnel) await ServeAsync(accepted, tunnel, connection);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client is not one of tunnels, too slow, or gone: there is nobody to tell.
            LogNotOpened(e.Message);
        }
    }

    private async Task<OpenTunnel?> HandshakeAsync(AcceptedConnection accepted, ConnectionContext connection)
    {
        using var handshake = connection.Features.GetRequiredFeature<Handshake>();
        var answer = await accepted.OpenAsync(handshake.Token);
        try
        {
            return await HandshakeAsync(accepted, answer, (connection.RemoteEndPoint as IPEndPoint)?.Address, handshake.Token);
        }
        catch (GrainUnavailableException e)
        {
            LogNotNow(e.Message, e.InnerException);
        }

        await accepted.EndAsync(TunnelTrailers.NotNow, handshake.Token);
        await accepted.CloseAsync(handshake.Token);
        return null;
    }

    private async Task<OpenTunnel?> HandshakeAsync(
        AcceptedConnection accepted, RelayedAnswer answer, IPAddress? address, CancellationToken cancellationToken)
    {
        if (TunnelHello.Of(answer) is not { } hello) return null;

        var admission = await AdmitAsync(hello, address, cancellationToken);
        if (admission.Environment is not { } environment) return await RefuseAsync(accepted, admission.Refusal!, cancellationToken);

        var name = hello.TunnelName ?? TunnelName.New();
        var held = new HeldConnection(accepted);
        var tunnel = new OpenTunnel(environment.EnvironmentId, name, admission.Client!, held, hello.SupportsDrain);
        if (await holder.HoldAsync(tunnel, cancellationToken) is { } refusal) return await RefuseAsync(accepted, refusal, cancellationToken);

        try
        {
            await accepted.EndAsync(TunnelTrailers.Accepted(name, urls.Of(environment)), cancellationToken);
            return tunnel;
        }
        catch
        {
            await holder.ReleaseAsync(tunnel);
            throw;
        }
    }

    /// <summary>Requests wait for grains that are on their way longer than a client waits for its handshake to end.</summary>
    private async Task<TunnelAdmission> AdmitAsync(TunnelHello hello, IPAddress? address, CancellationToken cancellationToken)
    {
        try
        {
            return await admitter.AdmitAsync(hello, address, cancellationToken).WaitAsync(TunnelLimits.AdmissionTime, clock, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new GrainUnavailableException(hello.ToString(), e);
        }
    }

    private async Task<OpenTunnel?> RefuseAsync(
        AcceptedConnection accepted, string sentence, CancellationToken cancellationToken)
    {
        LogRefused(sentence);
        await accepted.EndAsync(TunnelTrailers.Refused(sentence), cancellationToken);
        await accepted.CloseAsync(cancellationToken);
        return null;
    }

    private async Task ServeAsync(AcceptedConnection accepted, OpenTunnel tunnel, ConnectionContext connection)
    {
        LogOpened(tunnel.EnvironmentId, tunnel.Name);
        // What was revoked during the handshake was told before there was a tunnel to close.
        if (!await admitter.IsStillAdmittedAsync(tunnel)) tunnel.Close();
        var lifetime = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        using (lifetime?.ConnectionClosedRequested.UnsafeRegister(_ => tunnel.Close(), null))
        {
            await Task.WhenAny(accepted.Closed, tunnel.ToClose);
        }

        await holder.ReleaseAsync(tunnel);
        if (!accepted.Closed.IsCompleted) await DrainAsync(accepted, tunnel);
        if (accepted.Complaint is { } complaint) LogComplaint(tunnel.EnvironmentId, tunnel.Name, complaint);
        LogClosed(tunnel.EnvironmentId, tunnel.Name);
    }

    /// <summary>Lets requests in flight end and says GOAWAY: a reset would end the official client for good.</summary>
    private async Task DrainAsync(AcceptedConnection accepted, OpenTunnel tunnel)
    {
        using var drainLimit = new CancellationTokenSource(TunnelLimits.DrainTime, clock);
        var told = tunnel.SupportsDrain ? TellAsync(accepted) : Task.CompletedTask;
        await Task.WhenAny(Task.WhenAll(told, tunnel.Connection.DrainAsync()), accepted.Closed, Task.Delay(TunnelLimits.DrainTime, clock, drainLimit.Token));
        using var closeLimit = new CancellationTokenSource(TunnelLimits.CloseTime, clock);
        await accepted.CloseAsync(closeLimit.Token);
    }

    // A client that does not answer is closed like one that does, and does not keep the others waiting.
    private async Task TellAsync(AcceptedConnection accepted)
    {
        using var limit = new CancellationTokenSource(TunnelLimits.CloseTime, clock);
        try
        {
            await accepted.TellAsync(Encoding.ASCII.GetBytes(TunnelProtocol.DrainPath), limit.Token);
        }
        catch (IOException e)
        {
            LogNotTold(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "A client has opened a connection of tunnel {Name} of {EnvironmentId}")]
    private partial void LogOpened(string environmentId, string name);

    [LoggerMessage(LogLevel.Information, "A connection of tunnel {Name} of {EnvironmentId} is closed")]
    private partial void LogClosed(string environmentId, string name);

    [LoggerMessage(LogLevel.Warning, "The client of a connection of tunnel {Name} of {EnvironmentId} has ended it: {Complaint}")]
    private partial void LogComplaint(string environmentId, string name, string complaint);

    [LoggerMessage(LogLevel.Information, "A client was refused a tunnel: {Sentence}")]
    private partial void LogRefused(string sentence);

    [LoggerMessage(LogLevel.Warning, "A tunnel could not be opened at the moment: {Why}")]
    private partial void LogNotNow(string why, Exception? exception);

    [LoggerMessage(LogLevel.Debug, "A tunnel connection ended: {Why}")]
    private partial void LogNotOpened(string why);

    [LoggerMessage(LogLevel.Debug, "A tunnel's client could not be told that its connection ends: {Why}")]
    private partial void LogNotTold(string why);
}
