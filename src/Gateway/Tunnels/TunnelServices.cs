using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Gateway.Tunnels.Proxy;
using RestateCloud.Gateway.Tunnels.Registration;
using RestateCloud.Gateway.Tunnels.Server;

namespace RestateCloud.Gateway.Tunnels;

/// <summary>Registers the tunnel server, the tunnel proxy, and what registrations through tunnels take.</summary>
internal static class TunnelServices
{
    public static IServiceCollection AddTunnels(this IServiceCollection services)
    {
        services.AddOptions<TunnelOptions>().BindConfiguration(TunnelOptions.Section);
        services.AddSingleton<HeldTunnels>();
        services.AddSingleton<TunnelHolder>();
        services.AddHostedService(provider => provider.GetRequiredService<TunnelHolder>());
        services.AddSingleton<TunnelAdmitter>();
        services.AddHostedService<TunnelRevoker>();
        services.AddSingleton<TunnelConnectionHandler>();
        services.AddSingleton<TunnelCertificate>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, TunnelListening>();
        services.AddSingleton<TunnelForwarder>();
        services.AddSingleton<TunnelProxy>();
        services.AddSingleton<RegistrationRewriter>();
        return services;
    }
}
