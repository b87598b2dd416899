using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests;

/// <summary>A gateway when there is no silo.</summary>
public sealed class GatewayTests
{
    // Longer than any answer of a grain is fresh.
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_gateway_that_starts_before_any_silo_says_that_it_is_not_ready_and_waits()
    {
        await using var cluster = await TestCluster.PrepareAsync(silos: 1, gateways: 1);
        var gateway = cluster.Gateways[0];

        await gateway.StartAsync();
        await Eventually.HoldsAsync(async () => await gateway.StatusAsync("healthz") == 200, "it listens", Limit);
        Assert.Equal(503, await gateway.StatusAsync("readyz"));
        await Eventually.HoldsAsync(() => gateway.Output.Contains("No silo answers yet"), "it says why", Limit);

        await cluster.Silos[0].StartAsync();
        await gateway.ReadyAsync();
        await Eventually.HoldsAsync(async () => await gateway.StatusAsync("readyz") == 200, "it is ready", Limit);
    }

    [Fact]
    public async Task A_gateway_goes_on_serving_environments_while_all_silos_are_away_and_finds_them_again()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1, gateways: 1);
        var (silo, gateway) = (cluster.Silos[0], cluster.Gateways[0]);
        var tenant = await Tenant.CreateAsync(gateway);
        await using var service = await NodeService.WorkbenchAsync(tenant.Environment.SigningPublicKey);
        await tenant.RegisterAsync(gateway, service);
        using var ingress = tenant.Ingress(gateway);
        Assert.Equal(HttpStatusCode.OK, await InvokeAsync());

        await silo.KillAsync();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Away; await Task.Delay(Pause, TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, await InvokeAsync());
        }

        await silo.StartAsync();
        using var api = tenant.Api(gateway);
        await Eventually.HoldsAsync(ManagesAsync, "the control API works again", Limit);
        Assert.Equal(HttpStatusCode.OK, await InvokeAsync());

        async Task<bool> ManagesAsync()
        {
            try
            {
                return (await api.DescribeEnvironmentAsync(tenant.Account, tenant.Environment.EnvironmentId)).Status == "ACTIVE";
            }
            catch (ControlApiException)
            {
                return false;
            }
        }

        async Task<HttpStatusCode> InvokeAsync()
        {
            using var response = await ingress.PostAsJsonAsync("Bench/double", 21);
            return response.StatusCode;
        }
    }
}
