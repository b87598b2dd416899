using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests;

/// <summary>Who looks after an environment when silos go.</summary>
public sealed class SupervisionTests
{
    // Until the other silos agree that one is gone, and the environment's reminder comes.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_environment_of_a_killed_silo_is_taken_up_by_another_and_keeps_its_server()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2, gateways: 1);
        var tenant = await Tenant.CreateAsync(cluster.Gateways[0]);
        var environment = tenant.Environment.EnvironmentId;
        var server = Assert.Single(cluster.Servers);
        var holder = Assert.Single(cluster.SupervisorsOf(environment));

        await holder.KillAsync();

        await Eventually.HoldsAsync(() => cluster.SupervisorsOf(environment).Count == 1, "the other silo looks after it", Limit);
        Assert.Equal(server, Assert.Single(cluster.Servers));

        server.Kill();
        await Eventually.HoldsAsync(() => cluster.Servers is [var next] && next != server, "a server that ends is started again", Limit);
    }
}
