using System.Net.Http.Json;
using RestateCloud.EndToEnd.Tests;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Services;

namespace RestateCloud.Cluster.Tests.Clusters;

/// <summary>The first user with an account and an environment in it, through any gateway.</summary>
/// <param name="AccessToken">What the user is signed in with.</param>
/// <param name="Account">The account.</param>
/// <param name="Environment">The environment, as it was when it had become ACTIVE.</param>
/// <param name="Key">A key for everything in it.</param>
public sealed record Tenant(string AccessToken, string Account, EnvironmentDescription Environment, string Key)
{
    public static async Task<Tenant> CreateAsync(GatewayMember gateway)
    {
        var token = gateway.FirstRun.AccessToken;
        using var api = new ControlApi(() => gateway.Api, token);
        var account = (await api.CreateAccountAsync($"account-{Guid.NewGuid():N}")).AccountId;
        var created = await api.CreateEnvironmentAsync(account, "dev");
        var environment = await api.ActiveEnvironmentAsync(account, created.EnvironmentId);
        var key = await api.CreateApiKeyAsync(account, created.EnvironmentId, Roles.Full);
        return new Tenant(token, account, environment, key.ApiKey);
    }

    public ControlApi Api(GatewayMember gateway) => new(() => gateway.Api, AccessToken);

    /// <summary>The environment's ingress; the key tells a gateway which it is.</summary>
    public HttpClient Ingress(GatewayMember gateway) => Http.Client(gateway.Ingress, Key);

    /// <summary>The environment's admin API, likewise.</summary>
    public HttpClient Admin(GatewayMember gateway) => Http.Client(gateway.Admin, Key);

    public async Task RegisterAsync(GatewayMember gateway, NodeService service)
    {
        using var admin = Admin(gateway);
        using var response = await admin.PostAsJsonAsync("deployments", new { uri = service.Url });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
