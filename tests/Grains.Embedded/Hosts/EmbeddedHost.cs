using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RestateCloud.Grains.Embedded.Tests.Hosts;

/// <summary>An embedded host over a given database, with any setting, for tests of the host itself.</summary>
internal sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private EmbeddedHost(ServiceProvider services) => _services = services;

    public IGrainFactory Grains => _services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _services;

    public static async Task<EmbeddedHost> StartAsync(
        string database, Action<EmbeddedGrainsOptions>? configure = null, Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection().AddLogging();
        add?.Invoke(services);
        services.AddEmbeddedGrains(options =>
        {
            options.DatabasePath = database;
            options.GrainAssemblies.Add(typeof(EmbeddedHost).Assembly);
            configure?.Invoke(options);
        });
        var host = new EmbeddedHost(services.BuildServiceProvider());
        try
        {
            foreach (var service in host._services.GetServices<IHostedService>()) await service.StartAsync(CancellationToken.None);
            return host;
        }
        catch
        {
            await host._services.DisposeAsync();
            throw;
        }
    }

    public async Task StopAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse()) await service.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }
}
