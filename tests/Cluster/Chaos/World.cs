using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Services;

namespace RestateCloud.Cluster.Tests.Chaos;

/// <summary>The cluster that things happen to, and the tenant who uses it meanwhile.</summary>
public sealed class World : IAsyncDisposable
{
    private const int Environments = 3;

    private World(TestCluster cluster, IReadOnlyList<Tenant> tenants, NodeService service)
    {
        Cluster = cluster;
        Tenants = tenants;
        Service = service;
        Doors = [.. cluster.Gateways.Select(gateway => new Door(gateway))];
    }

    public TestCluster Cluster { get; }

    /// <summary>One a long-lived environment, each with an account of its own.</summary>
    public IReadOnlyList<Tenant> Tenants { get; }

    public NodeService Service { get; }

    public IReadOnlyList<Door> Doors { get; }

    public static async Task<World> StartAsync()
    {
        var cluster = await TestCluster.StartAsync(
            silos: 3,
            gateways: 2,
            "--ControlApi:RequestsPerSecond=10000",
            "--ControlApi:RequestBurst=10000",
            "--Tiers:Free:ApiKeysPerEnvironment=100000",
            "--Logging:LogLevel:RestateCloud.Provisioning=Debug");
        NodeService? service = null;
        try
        {
            var gateway = cluster.Gateways[0];
            var tenants = await Task.WhenAll(Enumerable.Range(0, Environments).Select(_ => Tenant.CreateAsync(gateway)));
            service = await NodeService.WorkbenchAsync([.. tenants.Select(tenant => tenant.Environment.SigningPublicKey)]);
            foreach (var tenant in tenants) await tenant.RegisterAsync(gateway, service);
            var world = new World(cluster, tenants, service);
            foreach (var door in world.Doors) await door.OpenAsync(tenants);
            return world;
        }
        catch
        {
            if (service is not null) await service.DisposeAsync();
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The control API through a gateway; the tenants are one user.</summary>
    public ControlApi Api(Door door) => Tenants[0].Api(door.Gateway);

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}
