using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;
using RestateCloud.Grains.Cluster.Hosting;

namespace RestateCloud.Grains.Cluster.Tests.Calls;

/// <summary>Silos and a client of Orleans' test host that get over silos that stop, as the product's do.</summary>
public sealed class CallCluster : IAsyncLifetime
{
    private const int SiloCount = 3;

    private readonly InProcessTestCluster _cluster;

    public CallCluster()
    {
        var builder = new InProcessTestClusterBuilder(SiloCount);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.StopGently(TimeSpan.Zero).AddOutgoingGrainCallFilter(AtSilos);
            silo.Services.AddSingleton(Tally);
        });
        builder.ConfigureClient(client => client.OutliveSilos().AddOutgoingGrainCallFilter(AtClient));
        _cluster = builder.Build();
    }

    public Tally Tally { get; } = new();

    public Rejections AtClient { get; } = new();

    public Rejections AtSilos { get; } = new();

    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public ITallyGrain Grain(string key) => _cluster.Client.GetGrain<ITallyGrain>(key);

    /// <summary>In order.</summary>
    public Task StopAsync(InProcessSiloHandle silo) => _cluster.StopSiloAsync(silo);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
