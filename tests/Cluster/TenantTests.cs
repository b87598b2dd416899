using System.Net.Http.Json;
using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests;

/// <summary>What tenants do, on a cluster of silos and gateways.</summary>
public sealed class TenantTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task A_service_is_registered_through_one_gateway_and_invoked_through_the_other()
    {
        var tenant = await Tenant.CreateAsync(cluster.Gateways[0]);
        await using var service = await NodeService.WorkbenchAsync(tenant.Environment.SigningPublicKey);
        await tenant.RegisterAsync(cluster.Gateways[0], service);

        using var ingress = tenant.Ingress(cluster.Gateways[1]);
        using var response = await ingress.PostAsJsonAsync("Bench/double", 21);

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        Assert.Equal(42, await response.Content.ReadFromJsonAsync<int>());
    }

    [Fact]
    public async Task Gateways_that_start_together_make_one_first_user_and_show_its_password_once()
    {
        await Eventually.HoldsAsync(() => cluster.Gateways.All(gateway => gateway.Output.Contains("  password  ")), "both have said how to sign in");
        Assert.Single(cluster.Gateways.Select(gateway => gateway.FirstRun.UserId).Distinct());
        Assert.Single(cluster.Gateways, gateway => !gateway.Output.Contains("as shown at the first start"));
    }
}
