using Microsoft.AspNetCore.Builder;
using RestateCloud.Gateway.DataPlane;
using RestateCloud.Gateway.Health;

namespace RestateCloud.Gateway;

/// <summary>Puts the gateway in front of whatever else the application serves.</summary>
public static class GatewayApplication
{
    /// <summary>Call it first: tenants' requests end here, before routing; the rest goes on to endpoints.</summary>
    public static WebApplication UseGateway(this WebApplication application)
    {
        application.UseMiddleware<DataPlaneMiddleware>();
        application.UseRouting();
        HealthEndpoints.Map(application);
        return application;
    }
}
