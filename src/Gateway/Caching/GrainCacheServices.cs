using Microsoft.Extensions.DependencyInjection;

namespace RestateCloud.Gateway.Caching;

/// <summary>Registers caches of what grains say.</summary>
internal static class GrainCacheServices
{
    /// <param name="services">Where to.</param>
    /// <param name="options">The cache's numbers.</param>
    /// <param name="load">Asks the grain of an id; null when there is no such thing.</param>
    public static void AddGrainCache<TValue>(
        this IServiceCollection services, GrainCacheOptions options, Func<IServiceProvider, string, CancellationToken, Task<TValue?>> load)
        where TValue : class =>
        services.AddSingleton(provider => new GrainCache<TValue>(
            (id, cancellation) => load(provider, id, cancellation), options, provider.GetRequiredService<TimeProvider>()));
}
