using System.Net.Http.Json;
using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.Cluster.Tests.Loads;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Services;

namespace RestateCloud.Cluster.Tests;

/// <summary>An operator replaces silos, as for a new version.</summary>
public sealed class ReplacementTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task No_request_fails_while_silos_are_replaced_one_after_another()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 3, gateways: 1, "--ControlApi:RequestsPerSecond=1000");
        var gateway = cluster.Gateways[0];
        var tenant = await Tenant.CreateAsync(gateway);
        await using var service = await NodeService.WorkbenchAsync(tenant.Environment.SigningPublicKey);
        await tenant.RegisterAsync(gateway, service);
        using var ingress = tenant.Ingress(gateway);
        using var api = tenant.Api(gateway);

        await using var invocations = new Load(clients: 4, _ => InvokeAsync(ingress), Pause);
        await using var changes = new Load(clients: 4, _ => ChangeAsync(api, tenant), Pause);
        foreach (var silo in cluster.Silos)
        {
            Assert.Equal(0, await silo.StopAsync());
            await silo.StartAsync();
            await silo.ReadyAsync();
        }

        await Task.WhenAll(invocations.EndAsync(), changes.EndAsync());
        TestContext.Current.SendDiagnosticMessage($"{invocations.Succeeded} invocations, {changes.Succeeded} changes");
        Assert.Empty(invocations.Failures);
        Assert.Empty(changes.Failures);
        Assert.Single(cluster.Servers);
    }

    private static async Task InvokeAsync(HttpClient ingress)
    {
        using var response = await ingress.PostAsJsonAsync("Bench/double", 21);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task ChangeAsync(ControlApi api, Tenant tenant)
    {
        var environment = tenant.Environment.EnvironmentId;
        var key = await api.CreateApiKeyAsync(tenant.Account, environment, Roles.Ingress);
        Assert.Equal("ACTIVE", (await api.DescribeApiKeyAsync(tenant.Account, environment, key.KeyId)).State);
        await api.DeleteApiKeyAsync(tenant.Account, environment, key.KeyId);
        await api.DescribeEnvironmentAsync(tenant.Account, environment);
    }
}
