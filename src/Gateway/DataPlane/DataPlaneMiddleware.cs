using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Tunnels.Proxy;

namespace RestateCloud.Gateway.DataPlane;

/// <summary>Tells the ports apart. What comes through a tenant's port never sees the routes of the control API.</summary>
internal sealed class DataPlaneMiddleware(RequestDelegate next, DataPlaneHandler dataPlane, TunnelProxy tunnels)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<GatewayConnection>() is not { } connection) return next(context);
        return connection.Port.Role switch
        {
            PortRole.Ingress when Cors.IsPreflight(context.Request) => Cors.AnswerPreflightAsync(context),
            PortRole.Ingress or PortRole.Admin => dataPlane.HandleAsync(context, connection),
            (PortRole.TunnelProxy or PortRole.Crossing) and var role => tunnels.HandleAsync(context, role),
            _ => next(context),
        };
    }
}
