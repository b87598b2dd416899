using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Limits;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Paths;
using RestateCloud.Gateway.Routing;
using RestateCloud.Gateway.Telemetry;
using RestateCloud.Gateway.Tunnels.Registration;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Gateway.DataPlane;

/// <summary>Serves a tenant's request: admits it, bounds it, forwards it, counts it.</summary>
internal sealed partial class DataPlaneHandler(
    Admitter admitter,
    EnvironmentForwarder forwarder,
    RegistrationRewriter registrations,
    VersionRewriter versions,
    GatewayMetrics metrics,
    ILogger<DataPlaneHandler> logger)
{
    public async Task HandleAsync(HttpContext context, GatewayConnection connection)
    {
        var role = connection.Port.Role;
        var started = Stopwatch.GetTimestamp();
        metrics.Begin(role);
        using var activity = GatewayTracing.Start(context);
        EnvironmentTarget? target = null;
        Refusal? refusal = null;
        var transfer = new Transfer();
        try
        {
            (target, var action, refusal) = await admitter.AdmitAsync(context, connection);
            refusal ??= await ForwardAsync(context, role, target!, action, transfer);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailed(e);
            refusal = Refusals.Failed;
        }
        finally
        {
            var environmentId = target?.Route.EnvironmentId;
            var status = refusal?.StatusCode ?? context.Response.StatusCode;
            GatewayTracing.Complete(activity, environmentId, status);
            metrics.End(role, environmentId, status, refusal, transfer, started);
            LogAccess(context.Request.Method, role, environmentId, status, refusal?.Reason, transfer.RequestBytes, transfer.ResponseBytes);
        }

        if (refusal is not null) await RefusalWriter.WriteAsync(context, role, refusal);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Refusal?> ForwardAsync(HttpContext context, PortRole role, EnvironmentTarget target, RestateAction action, Transfer transfer)
    {
        if (!RequestBodyLimit.TryApply(context, target.Limiter.Limits.RequestBodyBytes)) return Refusals.BodyTooLarge;
        if (target.Limiter.TryEnter() is { } refusal) return refusal;
        try
        {
            if (action == RestateAction.RegisterDeployment && await RewriteAsync(context, target) is { } badAddress) return badAddress;
            var error = role == PortRole.Admin && VersionRewriter.Concerns(context.Request)
                ? await ForwardVersionAsync(context, target, transfer)
                : await forwarder.ForwardAsync(context, target.Of(role)!, transfer);
            return EnvironmentForwarder.RefusalOf(error, context);
        }
        finally
        {
            target.Limiter.Exit();
        }
    }

    // Apart, so that no other request pays for the closure.
    private ValueTask<ForwarderError> ForwardVersionAsync(HttpContext context, EnvironmentTarget target, Transfer transfer) =>
        versions.RewriteAsync(context, target.Route.EnvironmentId, () => forwarder.ForwardAsync(context, target.Admin!, transfer));

    private ValueTask<Refusal?> RewriteAsync(HttpContext context, EnvironmentTarget target) =>
        registrations.RewriteAsync(context.Request, target.Route.EnvironmentId, context.RequestAborted);

    [LoggerMessage(LogLevel.Error, "A tenant's request failed in the gateway itself")]
    private partial void LogFailed(Exception exception);

    // Off unless this category logs at Debug. Without the path: it holds the tenant's keys.
    [LoggerMessage(LogLevel.Debug, "{Method} on {Port} for {EnvironmentId}: {Status} {Refusal}, {RequestBytes} B in, {ResponseBytes} B out")]
    private partial void LogAccess(
        string method, PortRole port, string? environmentId, int status, string? refusal, long requestBytes, long responseBytes);
}
