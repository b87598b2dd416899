using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Gateway.Tunnels.Crossing;
using RestateCloud.Gateway.Tunnels.Proxy;
using RestateCloud.Gateway.Tunnels.Registration;
using RestateCloud.Gateway.Tunnels.Relaying;
using RestateCloud.Gateway.Tunnels.Server;

namespace RestateCloud.Gateway.Tunnels;

/// <summary>Registers the tunnel server, the tunnel proxy, the ways between gateways, and what registrations through tunnels take.</summary>
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
        services.AddSingleton<Handshakes>();
        services.AddSingleton<TunnelConnectionHandler>();
        services.AddSingleton<TunnelCertificate>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, TunnelListening>();
        services.AddSingleton<HeldForwarder>();
        services.AddSingleton<TunnelForwarder>();
        services.AddSingleton<TunnelProxy>();
        services.AddSingleton<RelayedCalls>();
        services.AddSingleton<ProxyRelay>();
        services.AddSingleton<Http1ProxyRelay>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, RelayListening>();
        services.AddSingleton<RegistrationRewriter>();
        return services.AddCrossing();
    }

    private static IServiceCollection AddCrossing(this IServiceCollection services)
    {
        services.AddOptions<CrossingOptions>().BindConfiguration(CrossingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CrossingOptions>, CrossingOptionsValidator>();
        services.AddSingleton<GatewayIdentity>();
        services.AddSingleton<CrossingCertificates>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, CrossingListening>();
        services.AddSingleton<Peers>();
        services.AddGrainCache<TunnelHolders>(
            new(Capacity: 100_000, Freshness: TimeSpan.FromSeconds(10)),
            (provider, key, cancellation) => TunnelHolders.LoadAsync(
                key, provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<GatewayIdentity>(), cancellation));
        services.AddSingleton<CrossingForwarder>();
        return services;
    }
}
