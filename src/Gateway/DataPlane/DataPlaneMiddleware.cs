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
        var port = context.Features.Get<GatewayPort>();
        return port?.Role switch
        {
            PortRole.Ingress when Cors.IsPreflight(context.Request) => Cors.AnswerPreflightAsync(context),
            PortRole.Ingress or PortRole.Admin => dataPlane.HandleAsync(context, port),
            PortRole.TunnelProxy or PortRole.Crossing => tunnels.HandleAsync(context, port.Role),
            _ => next(context),
        };
    }
}
