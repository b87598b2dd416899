using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.TestingHost;
using RestateCloud.Grains.Cluster;
using RestateCloud.Grains.Cluster.Tests.Hosts;
using RestateCloud.Grains.Embedded.Tests.Semantics;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;

namespace RestateCloud.Grains.Embedded.Tests.Hosts;

/// <summary>Starts the host under test: two silos and a client of Orleans' own test host, over the product's storage.</summary>
public static class GrainHosts
{
    private const int Silos = 2;
    private const int Steps = 100;

    private static readonly TimeSpan StepPause = TimeSpan.FromMilliseconds(10);

    public static async Task<IGrainHost> StartAsync(GrainHostSettings? settings = null)
    {
        var host = new ClusterGrainHost(settings ?? new GrainHostSettings(), await TestStorage.NewAsync());
        await host.StartAsync();
        return host;
    }

    private sealed class ClusterGrainHost(GrainHostSettings settings, string connectionString) : IGrainHost
    {
        private readonly MovableClock _clock = new();
        private InProcessTestCluster? _cluster;

        public Journal Journal { get; } = new();

        public Gates Gates { get; } = new();

        public Sabotage Sabotage { get; } = new();

        public IGrainFactory Grains => _cluster!.Client;

        public async Task StartAsync()
        {
            var options = new ClusterGrainsOptions
            {
                ResponseTimeout = settings.ResponseTimeout,
                IdleTimeout = settings.IdleTimeout,
            };
            var storage = TestStorage.Open(connectionString, options);
            await storage.PrepareAsync(CancellationToken.None);
            var builder = new InProcessTestClusterBuilder(Silos);
            builder.Options.ServiceId = options.ServiceId;
            builder.ConfigureSilo((_, silo) =>
            {
                silo.AddGrainStorage(options, storage);
                silo.Services.AddSingleton(Journal).AddSingleton(Gates).AddSingleton(Sabotage);
                silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, _clock);
                silo.Services.Configure<SiloMessagingOptions>(Configure);
                silo.Services.Configure<GrainCollectionOptions>(collection => collection.CollectionQuantum = settings.IdleTimeout / 2);
            });
            builder.ConfigureClient(client => client.Services.Configure<ClientMessagingOptions>(Configure));
            _cluster = builder.Build();
            await _cluster.DeployAsync();
        }

        public async Task RestartAsync(TimeSpan away)
        {
            await StopAsync();
            _clock.Advance(away);
            await StartAsync();
        }

        // In small steps: Orleans sets out for a reminder's next tick only after the last one has ended, and skips what it missed.
        public async Task AdvanceAsync(TimeSpan time)
        {
            for (var step = 0; step < Steps; step++)
            {
                _clock.Advance(time / Steps);
                await Task.Delay(StepPause);
            }
        }

        public async ValueTask DisposeAsync() => await StopAsync();

        private void Configure(MessagingOptions messaging)
        {
            messaging.ResponseTimeout = settings.ResponseTimeout;
            // Who cancels a call hears of it once the grain has, so that what a test does next comes after that.
            messaging.WaitForCancellationAcknowledgement = true;
        }

        private async Task StopAsync()
        {
            await Task.WhenAll(_cluster!.Silos.Select(_cluster.StopSiloAsync));
            await _cluster.DisposeAsync();
        }
    }
}
