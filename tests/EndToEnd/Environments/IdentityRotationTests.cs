using System.Net.Http.Json;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Invocations;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Environments;

/// <summary>An environment's identity key is replaced while its services, on the official SDK, are called all the time.</summary>
public sealed class IdentityRotationTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private Cloud? _cloud;
    private Tenant? _tenant;

    private Tenant Tenant => _tenant!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await Cloud.StartAsync("--RequestIdentity:Overlap=00:00:02");
        _tenant = await Tenant.CreateAsync(_cloud, _cloud.FirstRun.AccessToken);
    }

    public async ValueTask DisposeAsync()
    {
        _tenant?.Dispose();
        if (_cloud is not null) await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Invocations_go_on_through_a_rotation_and_each_is_run_once()
    {
        await using var environment = await TenantEnvironment.CreateAsync(Tenant);
        var first = environment.Description.SigningPublicKey;
        await using var before = await NodeService.WorkbenchAsync(first);
        await environment.RegisterAsync(before);
        var enough = new TaskCompletionSource();
        var callers = Enumerable.Range(0, 4).Select(_ => CountAsync(environment.Ingress, enough.Task)).ToArray();

        var next = await Tenant.Api.BeginIdentityKeyRotationAsync(Tenant.AccountId, environment.Id);
        await using var between = await NodeService.WorkbenchAsync(first, next);
        await environment.RegisterAsync(between);
        var waiting = await environment.Ingress.SendToAsync("Order/kept/run/send", "book");
        await Eventually.HoldsAsync(async () => await NothingRunsOnAsync(environment, before), "the first deployment is idle", Limit);

        await Tenant.Api.CompleteIdentityKeyRotationAsync(Tenant.AccountId, environment.Id, next);
        var keys = await Eventually.GetAsync(
            async () => (await DescribeAsync(environment)).IdentityKeys is [_, { AcceptedUntil: not null }] known ? known : null, "the next key is in use", Limit);
        Assert.Equal([(next, "ACTIVE"), (first, "RETIRING")], keys.Select(key => (key.PublicKey, key.State)));
        await Eventually.HoldsAsync(async () => (await DescribeAsync(environment)).IdentityKeys.Count == 1, "the overlap is over", Limit);

        await using var after = await NodeService.WorkbenchAsync(next);
        await environment.RegisterAsync(after);
        await environment.Ingress.CallAsync<int>("Counter/after/add", 1);
        enough.SetResult();
        var counted = (await Task.WhenAll(callers)).Sum();

        Assert.True(counted > 50, $"{counted} calls were made");
        Assert.Equal(counted, await environment.Ingress.GetFromJsonAsync<int>("Counter/load/total"));
        using (var paid = await environment.Ingress.PostAsJsonAsync("Order/kept/pay", "Ada")) Assert.True(paid.IsSuccessStatusCode);
        Assert.Equal("book paid by Ada", await environment.Ingress.GetFromJsonAsync<string>($"restate/invocation/{waiting.InvocationId}/attach"));
        await RefusedByAsync(environment, before);
    }

    private Task<EnvironmentDescription> DescribeAsync(TenantEnvironment environment) =>
        Tenant.Api.DescribeEnvironmentAsync(Tenant.AccountId, environment.Id);

    /// <summary>Adds one after another until it is enough. A call without an answer is made again as the same call.</summary>
    /// <returns>How many.</returns>
    private static async Task<int> CountAsync(HttpClient ingress, Task enough)
    {
        var calls = 0;
        for (; !enough.IsCompleted; calls++)
        {
            var key = Guid.NewGuid().ToString();
            await Eventually.HoldsAsync(() => AddedAsync(ingress, key), "the call is answered", Limit);
        }

        return calls;
    }

    private static async Task<bool> AddedAsync(HttpClient ingress, string idempotencyKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "Counter/load/add") { Content = JsonContent.Create(1) };
        request.Headers.Add("idempotency-key", idempotencyKey);
        try
        {
            using var response = await ingress.SendAsync(request);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<bool> NothingRunsOnAsync(TenantEnvironment environment, NodeService service) =>
        (await environment.QueryAsync(
            "select i.id from sys_invocation i join sys_deployment d on i.pinned_deployment_id = d.id "
            + $"where i.status <> 'completed' and d.endpoint = '{service.Url}'")).Length == 0;

    private static async Task RefusedByAsync(TenantEnvironment environment, NodeService service)
    {
        using var refused = await environment.Admin.PostAsJsonAsync("deployments", new { uri = service.Url, force = true });

        Assert.False(refused.IsSuccessStatusCode);
        Assert.Contains("401", await refused.Content.ReadAsStringAsync());
    }
}
