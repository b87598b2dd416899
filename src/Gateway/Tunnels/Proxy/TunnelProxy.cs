using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Routing;
using RestateCloud.Gateway.Telemetry;
using RestateCloud.Gateway.Tunnels.Crossing;
using RestateCloud.Grains.Environments;
using RestateCloud.Protocols.Identity;

namespace RestateCloud.Gateway.Tunnels.Proxy;

/// <summary>
/// Serves the calls that environments make to services behind tunnels. The caller sends no secret: that it is the environment in the path
/// is shown by the identity that restate-server signs for each call. Another gateway has checked that where the call came in; what it hands
/// over goes into a tunnel that is held here and nowhere else, so that no call crosses twice.
/// </summary>
internal sealed partial class TunnelProxy(
    EnvironmentDirectory environments,
    TunnelForwarder forwarder,
    HeldForwarder held,
    TimeProvider clock,
    GatewayMetrics metrics,
    ILogger<TunnelProxy> logger)
{
    /// <summary>Serves one call.</summary>
    /// <param name="context">The call.</param>
    /// <param name="role"><see cref="PortRole.TunnelProxy"/>, or <see cref="PortRole.Crossing"/>, where nobody speaks but gateways.</param>
    public async Task HandleAsync(HttpContext context, PortRole role)
    {
        var started = Stopwatch.GetTimestamp();
        metrics.Begin(role);
        var destination = default(TunnelDestination);
        Refusal? refusal = null;
        var transfer = new Transfer();
        try
        {
            var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            refusal = TunnelDestination.Parse(rawTarget, out destination) ?? await ServeAsync(context, role, destination, transfer);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailed(e);
            refusal = Refusals.Failed;
        }
        finally
        {
            var status = refusal?.StatusCode ?? context.Response.StatusCode;
            metrics.End(role, KnownEnvironment(destination, refusal), status, refusal, transfer, started);
        }

        if (refusal is null) return;
        if (refusal == TunnelRefusals.NotHere) CrossingProtocol.SayNotHere(context.Response);
        await RefusalWriter.WriteAsync(context, role, refusal);
    }

    private async ValueTask<Refusal?> ServeAsync(HttpContext context, PortRole role, TunnelDestination destination, Transfer transfer)
    {
        try
        {
            var environment = await environments.GetAsync(destination.EnvironmentId);
            if (environment is null or { Route.Status: EnvironmentStatus.Deleted })
                return role == PortRole.Crossing ? TunnelRefusals.NotHere : TunnelRefusals.NotIdentified;
            if (role != PortRole.Crossing && !IsCallOf(environment, context.Request.Headers, destination.ServicePath)) return TunnelRefusals.NotIdentified;
            return await ForwardAsync(context, role, environment, destination, transfer);
        }
        catch (GrainUnavailableException)
        {
            return Refusals.ControlPlaneUnavailable;
        }
    }

    private bool IsCallOf(EnvironmentTarget environment, IHeaderDictionary headers, ReadOnlySpan<char> servicePath) =>
        headers[RequestIdentityHeaders.SchemeName] is [RequestIdentityHeaders.Scheme]
        && headers[RequestIdentityHeaders.TokenName] is [{ } token]
        && RequestIdentityToken.IsGenuine(token, environment.IdentityKeys, servicePath, clock.GetUtcNow());

    private async ValueTask<Refusal?> ForwardAsync(
        HttpContext context, PortRole role, EnvironmentTarget environment, TunnelDestination destination, Transfer transfer)
    {
        if (!environment.Limiter.TryEnterTunnel()) return TunnelRefusals.Busy;
        try
        {
            // An invocation's stream is silent for as long as its handler is, and its size is Restate's to limit.
            if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
            return await (role == PortRole.Crossing
                ? held.ForwardAsync(context, destination, transfer)
                : forwarder.ForwardAsync(context, destination, transfer));
        }
        finally
        {
            environment.Limiter.ExitTunnel();
        }
    }

    // What strangers put into paths makes no time series.
    private static string? KnownEnvironment(TunnelDestination destination, Refusal? refusal) =>
        refusal == TunnelRefusals.NotIdentified || refusal == Refusals.ControlPlaneUnavailable ? null : destination.EnvironmentId;

    [LoggerMessage(LogLevel.Error, "A call through a tunnel failed in the gateway itself")]
    private partial void LogFailed(Exception exception);
}
