using System.Net.Http.Json;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.Invocations;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Crashes;

/// <summary>What becomes of environments while the cloud is away, and after.</summary>
public sealed class AdoptionTests : IAsyncLifetime
{
    private Cloud? _cloud;
    private Tenant? _tenant;

    private Cloud Cloud => _cloud!;

    private Tenant Tenant => _tenant!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await Cloud.StartAsync();
        _tenant = await Tenant.CreateAsync(_cloud, _cloud.FirstRun.AccessToken);
    }

    public async ValueTask DisposeAsync()
    {
        _tenant?.Dispose();
        if (_cloud is not null) await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Environments_outlive_a_killed_cloud_and_are_adopted_with_their_addresses()
    {
        var environment = await TenantEnvironment.CreateAsync(Tenant);
        await using var service = await NodeService.WorkbenchAsync(environment.Description.SigningPublicKey);
        await environment.RegisterAsync(service);
        var server = Assert.Single(Cloud.Servers);
        await environment.Ingress.SendToAsync("Counter/away/add/send?delay=1s", 5);

        await Cloud.KillAsync();
        await Eventually.HoldsAsync(() => Cloud.Servers.SequenceEqual([server]), "the server goes on");
        await Cloud.StartAgainAsync();

        var description = await Tenant.Api.DescribeEnvironmentAsync(Tenant.AccountId, environment.Id);
        Assert.Equal("ACTIVE", description.Status);
        Assert.Equal(environment.Description.IngressBaseUrl, description.IngressBaseUrl);
        Assert.Equal(server, Assert.Single(Cloud.Servers));
        await Eventually.HoldsAsync(
            async () => await environment.Ingress.GetFromJsonAsync<int>("Counter/away/total") == 5,
            "what was due meanwhile has run, and the environment is reached where it was");
    }
}
