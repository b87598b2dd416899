using System.Net;
using System.Text.Json.Nodes;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.ControlApi;

public sealed class IdentityKeyRotationTests(CloudFixture fixture) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task A_tenant_rotates_the_identity_key_and_sees_every_step()
    {
        var tenant = await fixture.Cloud.CreateTenantAsync();
        var environmentId = (await tenant.CreateEnvironmentAsync()).Id;
        using var api = await ApiClient.OfAsync(tenant);
        var account = $"/cloud/{tenant.AccountId}";
        var first = (string)(await DescribeAsync())["signingPublicKey"]!;
        Assert.Equal([(first, "ACTIVE")], await KeysAsync());

        var publicKey = (string)(await api.CallAsync($"{account}/BeginIdentityKeyRotation", new { environmentId }))["publicKey"]!;
        Assert.Equal([(first, "ACTIVE"), (publicKey, "NEXT")], await KeysAsync());
        (await api.TryAsync($"{account}/BeginIdentityKeyRotation", new { environmentId })).AssertRefused(HttpStatusCode.Conflict, publicKey);
        (await api.TryAsync($"{account}/CompleteIdentityKeyRotation", new { environmentId, publicKey = "nonsense" })).AssertRefused(HttpStatusCode.Conflict, publicKey);

        await DoneAsync("CancelIdentityKeyRotation");
        Assert.Equal([(first, "ACTIVE")], await KeysAsync());

        publicKey = (string)(await api.CallAsync($"{account}/BeginIdentityKeyRotation", new { environmentId }))["publicKey"]!;
        await DoneAsync("CompleteIdentityKeyRotation");
        await Eventually.HoldsAsync(async () => (await DescribeAsync())["identityKeys"]![1]!["acceptedUntil"] is not null, "its successor is in use");
        Assert.Equal([(publicKey, "ACTIVE"), (first, "RETIRING")], await KeysAsync());
        Assert.Equal(publicKey, (string)(await DescribeAsync())["signingPublicKey"]!);
        (await api.TryAsync($"{account}/CancelIdentityKeyRotation", new { environmentId, publicKey })).AssertRefused(HttpStatusCode.Conflict, "completed");
        var events = (await api.CallAsync($"{account}/ListEnvironmentEvents", new { environmentId }))["events"]!.AsArray();
        Assert.Contains(events, e => (string)e!["reason"]! == "IdentityKeyRetiring");

        Task<JsonNode> DescribeAsync() => api.CallAsync($"{account}/DescribeEnvironment", new { environmentId });

        async Task<IEnumerable<(string, string)>> KeysAsync() =>
            (await DescribeAsync())["identityKeys"]!.AsArray().Select(key => ((string)key!["publicKey"]!, (string)key["state"]!));

        async Task DoneAsync(string operation) =>
            Assert.True((bool)(await api.CallAsync($"{account}/{operation}", new { environmentId, publicKey }))["result"]!["ok"]!);
    }
}
