namespace RestateCloud.Cluster.Tests.Clusters;

/// <summary>A cluster for tests that leave it running.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private TestCluster? _cluster;

    public IReadOnlyList<GatewayMember> Gateways => _cluster!.Gateways;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(silos: 2, gateways: 2);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }
}
