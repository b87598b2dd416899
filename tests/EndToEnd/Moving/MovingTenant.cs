using System.Net.Http.Json;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Invocations;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Moving;

/// <summary>A tenant whose cloud is moved: what it has before, it has after.</summary>
internal sealed class MovingTenant : IAsyncDisposable
{
    private const string Once = "once";

    private readonly string _token;
    private readonly string _account;
    private readonly TenantEnvironment _before;
    private readonly CreatedKey _key;
    private readonly NodeService _service;
    private readonly Sent _invocation;
    private ServerProcess _server;
    private int _total = 5;

    private MovingTenant(string token, string account, TenantEnvironment before, CreatedKey key, NodeService service, Sent invocation, ServerProcess server) =>
        (_token, _account, _before, _key, _service, _invocation, _server) = (token, account, before, key, service, invocation, server);

    public static async Task<MovingTenant> SettleInAsync(Cloud cloud)
    {
        using var tenant = await Tenant.CreateAsync(cloud, cloud.FirstRun.AccessToken);
        var environment = await TenantEnvironment.CreateAsync(tenant);
        var key = await tenant.Api.CreateApiKeyAsync(tenant.AccountId, environment.Id, Roles.Ingress, idempotencyKey: Once);
        var service = await NodeService.WorkbenchAsync(environment.Description.SigningPublicKey);
        await environment.RegisterAsync(service);
        Assert.Equal(5, await environment.Ingress.CallAsync<int>("Counter/moved/add", 5));
        var invocation = await environment.Ingress.SendToAsync("Bench/double/send", 4, Once);
        Assert.Equal(8, await environment.Ingress.GetFromJsonAsync<int>($"restate/invocation/{invocation.InvocationId}/attach"));
        return new MovingTenant(tenant.AccessToken, tenant.AccountId, environment, key, service, invocation, Assert.Single(cloud.Servers));
    }

    public async Task FindsEverythingAsync(Cloud cloud)
    {
        using var api = new ControlApi(() => cloud.FirstRun.ApiBaseUrl, _token);
        var description = await api.ActiveEnvironmentAsync(_account, _before.Id);
        Assert.Equal(_before.Description.SigningPublicKey, description.SigningPublicKey);
        Assert.Equal(_before.Description.Name, description.Name);
        Assert.Equal(_server, Assert.Single(cloud.Servers));

        // The answer that was kept is a secret too.
        Assert.Equal(_key, await api.CreateApiKeyAsync(_account, _before.Id, Roles.Ingress, idempotencyKey: Once));

        using var ingress = Http.Client(description.IngressBaseUrl, _key.ApiKey);
        await Eventually.HoldsAsync(async () => (await ingress.GetAsync("restate/health")).IsSuccessStatusCode, "the environment is reached");
        Assert.Equal(8, await ingress.GetFromJsonAsync<int>($"restate/invocation/{_invocation.InvocationId}/output"));
        Assert.Equal(8, await ingress.CallAsync<int>("Bench/double", 4, Once));
        Assert.Equal(++_total, await ingress.CallAsync<int>("Counter/moved/add", 1));
        using var admin = Http.Client(description.AdminBaseUrl, _before.FullKey);
        Assert.Contains("Counter", await admin.GetStringAsync("services"));

        // A server that starts anew needs the signing key, which its service insists on.
        _server.Kill();
        await Eventually.HoldsAsync(() => cloud.Servers.Any(server => server != _server), "the server is started again");
        await Eventually.HoldsAsync(async () => (await ingress.GetAsync("restate/health")).IsSuccessStatusCode, "the environment is back");
        Assert.Equal(++_total, await ingress.CallAsync<int>("Counter/moved/add", 1));
        _server = Assert.Single(cloud.Servers);
    }

    public async ValueTask DisposeAsync()
    {
        _before.Ingress.Dispose();
        _before.Admin.Dispose();
        await _service.DisposeAsync();
    }
}
