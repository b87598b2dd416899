using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RestateCloud.Grains.Embedded.Tests.Semantics;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Hosts;

/// <summary>Starts the host under test. The cluster build of the tests has its own file in place of this one.</summary>
public static class GrainHosts
{
    public static async Task<IGrainHost> StartAsync(GrainHostSettings? settings = null)
    {
        var host = new EmbeddedTestHost(settings ?? new GrainHostSettings());
        await host.StartAsync();
        return host;
    }

    private sealed class EmbeddedTestHost(GrainHostSettings settings) : IGrainHost
    {
        private readonly TemporaryFolder _folder = new();
        private readonly MovableClock _clock = new();
        private ServiceProvider? _services;

        public Journal Journal { get; } = new();

        public IGrainFactory Grains => _services!.GetRequiredService<IGrainFactory>();

        public async Task StartAsync()
        {
            _services = new ServiceCollection()
                .AddLogging()
                .AddSingleton(Journal)
                .AddSingleton<TimeProvider>(_clock)
                .AddEmbeddedGrains(options =>
                {
                    options.DatabasePath = _folder.File("grains.db");
                    options.GrainAssemblies.Add(typeof(GrainHosts).Assembly);
                    options.ResponseTimeout = settings.ResponseTimeout;
                    options.IdleTimeout = settings.IdleTimeout;
                })
                .BuildServiceProvider();
            foreach (var service in _services.GetServices<IHostedService>()) await service.StartAsync(CancellationToken.None);
        }

        public async Task RestartAsync()
        {
            await StopAsync();
            await StartAsync();
        }

        public void Advance(TimeSpan time) => _clock.Advance(time);

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _folder.Dispose();
        }

        private async Task StopAsync()
        {
            foreach (var service in _services!.GetServices<IHostedService>().Reverse()) await service.StopAsync(CancellationToken.None);
            await _services!.DisposeAsync();
        }
    }
}
