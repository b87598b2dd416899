using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Limits;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Routing;
using RestateCloud.Gateway.Telemetry;

namespace RestateCloud.Gateway.DataPlane;

/// <summary>Serves a tenant's request: admits it, bounds it, forwards it, counts it.</summary>
internal sealed class DataPlaneHandler(Admitter admitter, EnvironmentForwarder forwarder, GatewayMetrics metrics)
{
    public async Task HandleAsync(HttpContext context, GatewayPort port)
    {
        var started = Stopwatch.GetTimestamp();
        metrics.Begin(port.Role);
        using var activity = GatewayTracing.Source.StartActivity("gateway request", ActivityKind.Server);
        EnvironmentTarget? target = null;
        Refusal? refusal = null;
        var transfer = new Transfer();
        try
        {
            (target, refusal) = await admitter.AdmitAsync(context, port);
            refusal ??= await ForwardAsync(context, port.Role, target!, transfer);
            if (refusal is not null) await RefusalWriter.WriteAsync(context, port.Role, refusal);
        }
        finally
        {
            activity?.SetTag("restate_cloud.environment.id", target?.Route.EnvironmentId);
            activity?.SetTag("http.response.status_code", context.Response.StatusCode);
            metrics.End(port.Role, target?.Route.EnvironmentId, context.Response.StatusCode, refusal, transfer, started);
        }
    }

    private async ValueTask<Refusal?> ForwardAsync(HttpContext context, PortRole role, EnvironmentTarget target, Transfer transfer)
    {
        if (!RequestBodyLimit.TryApply(context, target.Limiter.Limits.RequestBodyBytes)) return Refusals.BodyTooLarge;
        if (target.Limiter.TryEnter() is { } refusal) return refusal;
        try
        {
            return await forwarder.ForwardAsync(context, target.Of(role)!, transfer);
        }
        finally
        {
            target.Limiter.Exit();
        }
    }
}
