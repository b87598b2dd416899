using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Authorization;
using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.DataPlane;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Identity;
using RestateCloud.Gateway.Limits;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Routing;
using RestateCloud.Gateway.Telemetry;
using RestateCloud.Gateway.Tunnels;
using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Tiers;
using RestateCloud.Grains.Tokens;
using RestateCloud.Grains.Users;

namespace RestateCloud.Gateway;

/// <summary>Registers the gateway's data plane. Expects an <see cref="IGrainFactory"/>.</summary>
public static class GatewayServices
{
    // Tenants' requests wait this long for the grains of a silo that is gone. Health checks and the like do not.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Adds the data plane, its ports, and what the control API shares with it.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GatewayOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => configuration.GetSection("Tiers").Get<TierCatalog>() ?? new TierCatalog());
        services.AddSingleton<EnvironmentUrls>();
        // It would make an activity and two log scopes for every request; metrics and traces tell more for less.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None));
        return services.AddListening().AddIdentity().AddRouting().AddDataPlane().AddTunnels();
    }

    private static IServiceCollection AddListening(this IServiceCollection services)
    {
        services.AddSingleton<GatewayPorts>();
        services.AddSingleton<ConnectionSorter>();
        services.AddSingleton<PortListeners>();
        services.AddSingleton<ILoopbackListeners>(provider => provider.GetRequiredService<PortListeners>());
        services.AddSingleton<IConnectionListenerFactory, ProtocolListenerFactory>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelConfiguration>();
        return services;
    }

    private static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<FailureLimiter>();
        services.AddSingleton<KeyUsageReporter>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyUsageReporter>());
        services.AddGrainCache<KnownApiKey>(
            new(Capacity: 100_000, Freshness: TimeSpan.FromSeconds(5)) { Patience = Patience },
            async (provider, id, cancellation) =>
                await provider.GetRequiredService<IGrainFactory>().GetGrain<IApiKeyGrain>(id).GetAsync(cancellation) is { } record
                    ? new KnownApiKey(record)
                    : null);
        services.AddSingleton<ApiKeyAuthenticator>();
        services.AddSingleton(provider => new TokenKeySource(
            cancellation => provider.GetRequiredService<IGrainFactory>()
                .GetGrain<ITokenIssuerGrain>(ITokenIssuerGrain.Key).GetPublicKeysAsync(cancellation),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AccessTokenVerifier>();
        services.AddSingleton<AccessTokenAuthenticator>();
        services.AddSingleton<IAuthenticator, BearerAuthenticator>();
        return services;
    }

    private static IServiceCollection AddRouting(this IServiceCollection services)
    {
        services.AddSingleton<HostNames>();
        services.AddSingleton<Upstreams>();
        services.AddSingleton<EnvironmentLimiters>();
        services.AddGrainCache<EnvironmentTarget>(
            new(Capacity: 100_000, Freshness: TimeSpan.FromSeconds(30)) { Patience = Patience },
            (provider, id, cancellation) => EnvironmentDirectory.LoadAsync(
                id,
                provider.GetRequiredService<IGrainFactory>(),
                provider.GetRequiredService<Upstreams>(),
                provider.GetRequiredService<EnvironmentLimiters>(),
                cancellation));
        services.AddGrainCache<UserDescription>(
            new(Capacity: 100_000, Freshness: TimeSpan.FromSeconds(5)) { Patience = Patience },
            (provider, id, cancellation) => provider.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(id).DescribeAsync(cancellation));
        services.AddSingleton<EnvironmentDirectory>();
        services.AddSingleton<GatewayCaches>();
        services.AddHostedService<ChangeSubscription>();
        return services;
    }

    private static IServiceCollection AddDataPlane(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<IAuthorizer, RoleAuthorizer>();
        services.AddHttpForwarder();
        services.AddSingleton<EnvironmentForwarder>();
        services.AddSingleton<Admitter>();
        services.AddSingleton<DataPlaneHandler>();
        services.AddSingleton<VersionRewriter>();
        return services;
    }
}
