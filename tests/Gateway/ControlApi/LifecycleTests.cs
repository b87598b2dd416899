using System.Text.Json.Nodes;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.ControlApi;

public sealed class LifecycleTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public async Task A_tenant_goes_from_account_to_key_and_back(int major, int minor)
    {
        await using var cloud = await TestCloud.StartAsync();
        using var api = await ApiClient.OfAsync(await cloud.CreateTenantAsync(), new Version(major, minor));

        var accountId = (string)(await api.CallAsync("/cloud/CreateAccount", new { name = "Acme" }))["accountId"]!;
        Assert.Equal("Acme", (string)(await api.CallAsync("/cloud/UpdateAccount", new { accountId }))["name"]!);
        Assert.Equal("OWNED", (string)(await api.CallAsync("/cloud/UpdateAccount", new { accountId, name = "Acme Ltd" }))["ownershipType"]!);
        var accounts = (await api.CallAsync("/cloud/ListAccounts"))["accounts"]!.AsArray();
        Assert.Contains(accounts, account => (string)account!["accountId"]! == accountId && (string)account["name"]! == "Acme Ltd");

        var account = $"/cloud/{accountId}";
        var created = await api.CallAsync($"{account}/CreateEnvironment", new { name = "prod", payment = new { successUrl = "x", cancelUrl = "y" } });
        var environmentId = (string)created["environmentId"]!;
        Assert.Equal(["environmentId", "name"], created.AsObject().Select(field => field.Key));
        var environment = await ActiveAsync(api, account, environmentId);
        foreach (var field in new[] { "ingressBaseUrl", "adminBaseUrl", "proxyBaseUrl", "tunnelBaseUrl" })
        {
            Assert.StartsWith("http://", (string)environment[field]!, StringComparison.Ordinal);
        }

        Assert.StartsWith("publickeyv1_", (string)environment["signingPublicKey"]!, StringComparison.Ordinal);
        Assert.NotEmpty((string)environment["tunnelSrv"]!);
        Assert.Equal("FREE", (string)environment["tierId"]!);
        Assert.Empty(environment["apiKeys"]!.AsArray());

        var key = await api.CallAsync($"{account}/CreateApiKey", new { environmentId, roleId = "rst:role::IngressAccess", description = "for the web" });
        var keyId = (string)key["keyId"]!;
        Assert.StartsWith($"{keyId}.", (string)key["apiKey"]!, StringComparison.Ordinal);
        Assert.Equal("ACTIVE", (string)key["state"]!);
        Assert.Equal(keyId, (string)(await api.CallAsync($"{account}/ListApiKeys", new { environmentId }))["apiKeys"]![0]!["keyId"]!);
        var described = await api.CallAsync($"{account}/DescribeApiKey", new { environmentId, keyId });
        Assert.Equal("for the web", (string)described["description"]!);
        Assert.Equal("rst:role::IngressAccess", (string)described["roleId"]!);
        Assert.True((bool)(await api.CallAsync($"{account}/DeleteApiKey", new { environmentId, keyId }))["result"]!["ok"]!);
        Assert.Equal("DELETED", (string)(await api.CallAsync($"{account}/DescribeApiKey", new { environmentId, keyId }))["state"]!);

        Assert.Empty((await api.CallAsync($"{account}/UpdateEnvironmentTier", new { environmentId, tierId = "STARTER" })).AsObject());
        Assert.Equal("STARTER", (string)(await api.CallAsync($"{account}/ListEnvironments"))["environments"]![0]!["tierId"]!);
        Assert.Equal(0, (int)(await api.CallAsync($"{account}/GetAccountLimits"))["freeEnvironments"]!["usage"]!);
        var events = await api.CallAsync($"{account}/ListEnvironmentEvents", new { environmentId });
        Assert.NotEmpty(events["events"]!.AsArray());
        Assert.Contains(events["conditions"]!.AsArray(), condition => (string)condition!["type"]! == "Ready");

        Assert.True((bool)(await api.CallAsync($"{account}/DestroyEnvironment", new { environmentId }))["result"]!["ok"]!);
        Assert.Empty((await api.CallAsync($"{account}/DescribeAccount"))["environments"]!.AsArray());
        await Eventually.HoldsAsync(
            async () => (await api.TryAsync("/cloud/DeleteAccount", new { accountId })).Status == System.Net.HttpStatusCode.OK, "the account is gone");
        Assert.DoesNotContain((await api.CallAsync("/cloud/ListAccounts"))["accounts"]!.AsArray(), item => (string)item!["accountId"]! == accountId);
    }

    private static Task<JsonNode> ActiveAsync(ApiClient api, string account, string environmentId) => Eventually.GetAsync(
        async () => await api.CallAsync($"{account}/DescribeEnvironment", new { environmentId }) is var environment
            && (string)environment["status"]! == "ACTIVE" ? environment : null,
        "the environment is ACTIVE");
}
