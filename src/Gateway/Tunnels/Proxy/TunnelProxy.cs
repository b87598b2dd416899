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
using RestateCloud.Grains.Environments;
using RestateCloud.Protocols.Identity;

namespace RestateCloud.Gateway.Tunnels.Proxy;

/// <summary>
/// Serves the calls that environments make to services behind tunnels. The caller sends no secret: that it is the environment in the path
/// is shown by the identity that restate-server signs for each call.
/// </summary>
internal sealed partial class TunnelProxy(
    EnvironmentDirectory environments, TunnelForwarder forwarder, TimeProvider clock, GatewayMetrics metrics, ILogger<TunnelProxy> logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        metrics.Begin(PortRole.TunnelProxy);
        var destination = default(TunnelDestination);
        Refusal? refusal = null;
        var transfer = new Transfer();
        try
        {
            var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            refusal = TunnelDestination.Parse(rawTarget, out destination) ?? await ServeAsync(context, destination, transfer);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailed(e);
            refusal = Refusals.Failed;
        }
        finally
        {
            var status = refusal?.StatusCode ?? context.Response.StatusCode;
            metrics.End(PortRole.TunnelProxy, KnownEnvironment(destination, refusal), status, refusal, transfer, started);
        }

        if (refusal is not null) await RefusalWriter.WriteAsync(context, PortRole.TunnelProxy, refusal);
    }

    private async ValueTask<Refusal?> ServeAsync(HttpContext context, TunnelDestination destination, Transfer transfer)
    {
        EnvironmentTarget? environment;
        try
        {
            environment = await environments.GetAsync(destination.EnvironmentId);
        }
        catch (GrainUnavailableException)
        {
            return Refusals.ControlPlaneUnavailable;
        }

        if (environment is null || !IsCallOf(environment, context.Request.Headers, destination.ServicePath)) return TunnelRefusals.NotIdentified;
        if (!environment.Limiter.TryEnterTunnel()) return TunnelRefusals.Busy;
        try
        {
            return await ForwardAsync(context, destination, transfer);
        }
        finally
        {
            environment.Limiter.ExitTunnel();
        }
    }

    private bool IsCallOf(EnvironmentTarget environment, IHeaderDictionary headers, ReadOnlySpan<char> servicePath) =>
        headers[RequestIdentityHeaders.SchemeName] is [RequestIdentityHeaders.Scheme]
        && headers[RequestIdentityHeaders.TokenName] is [{ } token]
        && environment.Route.Status != EnvironmentStatus.Deleted
        && RequestIdentityToken.IsGenuine(token, environment.IdentityKeys, servicePath, clock.GetUtcNow());

    private ValueTask<Refusal?> ForwardAsync(HttpContext context, TunnelDestination destination, Transfer transfer)
    {
        // An invocation's stream is silent for as long as its handler is, and its size is Restate's to limit.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        return forwarder.ForwardAsync(context, destination, transfer);
    }

    // What strangers put into paths makes no time series.
    private static string? KnownEnvironment(TunnelDestination destination, Refusal? refusal) =>
        refusal == TunnelRefusals.NotIdentified || refusal == Refusals.ControlPlaneUnavailable ? null : destination.EnvironmentId;

    [LoggerMessage(LogLevel.Error, "A call through a tunnel failed in the gateway itself")]
    private partial void LogFailed(Exception exception);
}
