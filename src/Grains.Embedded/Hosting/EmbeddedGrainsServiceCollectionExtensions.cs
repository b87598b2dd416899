using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using RestateCloud.Grains.Embedded.Hosting;

namespace RestateCloud.Grains.Embedded;

/// <summary>Adds the embedded grain host to an application.</summary>
public static class EmbeddedGrainsServiceCollectionExtensions
{
    /// <summary>
    /// Hosts grains in this process: <see cref="IGrainFactory"/> and <see cref="IClusterClient"/> reach them once the hosted services have
    /// started. Add it before services that call grains while they start or stop. Time comes from a registered <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddEmbeddedGrains(this IServiceCollection services, Action<EmbeddedGrainsOptions> configure)
    {
        services.AddOptions<EmbeddedGrainsOptions>()
            .Configure(configure)
            .Validate(options => options.DatabasePath.Length > 0, $"{nameof(EmbeddedGrainsOptions.DatabasePath)} is not set.")
            .Validate(options => options.IdleTimeout > TimeSpan.Zero, "The idle timeout must be above zero.")
            .Validate(options => options.ResponseTimeout > TimeSpan.Zero, "The response timeout must be above zero.")
            .Validate(options => options.MinimumReminderPeriod > TimeSpan.Zero, "A reminder's period must be above zero.")
            .Validate(options => options.MaxQueuedRequests > 0, $"{nameof(EmbeddedGrainsOptions.MaxQueuedRequests)} must be above zero.");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GrainRuntime>();
        services.AddSingleton<GrainFactory>();
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddHostedService<EmbeddedGrainHost>();
        return services;
    }
}
