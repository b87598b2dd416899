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
            refusal = TunnelDestination.Parse(rawTarget, out destination)
                ?? await IdentifyAsync(context.Request.Headers, destination)
                ?? await ForwardAsync(context, destination, transfer);
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

    private async ValueTask<Refusal?> IdentifyAsync(IHeaderDictionary headers, TunnelDestination destination)
    {
        if (headers[RequestIdentityHeaders.SchemeName] is not [RequestIdentityHeaders.Scheme] || headers[RequestIdentityHeaders.TokenName] is not [{ } token]) return TunnelRefusals.NotIdentified;
        try
        {
            var environment = await environments.GetAsync(destination.EnvironmentId);
            return environment is { IdentityKeys: { } keys, Route.Status: not EnvironmentStatus.Deleted }
                && RequestIdentityToken.IsGenuine(token, keys, destination.ServicePath, clock.GetUtcNow())
                    ? null
                    : TunnelRefusals.NotIdentified;
        }
        catch (GrainUnavailableException)
        {
            return Refusals.ControlPlaneUnavailable;
        }
    }

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
