using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RestateCloud.Gateway.DataPlane;
using RestateCloud.Gateway.Health;
using RestateCloud.Gateway.Listening;

namespace RestateCloud.Gateway;

/// <summary>Puts the gateway in front of whatever else the application serves.</summary>
public static class GatewayApplication
{
    /// <summary>
    /// Takes the shared ports before anything else starts, so that a port in use is found out while there is nothing to undo. Connections
    /// wait until the application has started.
    /// </summary>
    /// <exception cref="PortInUseException">One of them cannot be had.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of range.</exception>
    /// <exception cref="InvalidOperationException">A setting has the wrong type.</exception>
    public static async Task TakeGatewayPortsAsync(this WebApplication application, CancellationToken cancellationToken) =>
        await application.Services.GetRequiredService<PortListeners>().StartAsync(cancellationToken);

    /// <summary>Call it first: tenants' requests end here, before routing; the rest goes on to endpoints.</summary>
    public static WebApplication UseGateway(this WebApplication application)
    {
        application.UseMiddleware<DataPlaneMiddleware>();
        application.UseRouting();
        HealthEndpoints.Map(application);
        return application;
    }
}
