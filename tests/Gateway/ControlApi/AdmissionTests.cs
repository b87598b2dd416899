using System.Net;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.ApiKeys;

namespace RestateCloud.Gateway.Tests.ControlApi;

public sealed class AdmissionTests(CloudFixture fixture) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2VyXzAwMDAwMDAwMDAwMDAwMDAwMDAwIn0.")]
    public async Task Without_an_access_token_nothing_is_answered(string? credential)
    {
        using var api = ApiClient.With(fixture.Cloud, credential);

        var answer = await api.TryAsync("/cloud/ListAccounts");

        answer.AssertRefused(HttpStatusCode.Unauthorized);
        Assert.StartsWith("Bearer", answer.Response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_was_altered_is_refused()
    {
        var token = await (await fixture.Cloud.CreateTenantAsync()).TokenAsync();
        var parts = token.Split('.');
        var other = await (await fixture.Cloud.CreateTenantAsync()).TokenAsync();
        using var api = ApiClient.With(fixture.Cloud, $"{parts[0]}.{other.Split('.')[1]}.{parts[2]}");

        (await api.TryAsync("/cloud/ListAccounts")).AssertRefused(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(ApiKeyRole.FullAccess)]
    [InlineData(ApiKeyRole.AdminAccess)]
    public async Task An_api_key_is_told_to_send_an_access_token(ApiKeyRole role)
    {
        var tenant = await fixture.Cloud.CreateTenantAsync();
        var environment = await tenant.CreateEnvironmentAsync();
        using var api = ApiClient.With(fixture.Cloud, await environment.KeyAsync(role));

        (await api.TryAsync($"/cloud/{tenant.AccountId}/ListEnvironments")).AssertRefused(HttpStatusCode.Forbidden, "access token");
    }

    [Fact]
    public async Task A_user_who_calls_too_often_waits_and_others_do_not()
    {
        await using var cloud = await TestCloud.StartAsync(settings: new() { ["ControlApi:RequestsPerSecond"] = "1", ["ControlApi:RequestBurst"] = "3" });
        using var hasty = await ApiClient.OfAsync(await cloud.CreateTenantAsync());
        using var calm = await ApiClient.OfAsync(await cloud.CreateTenantAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => hasty.TryAsync("/cloud/GetUserIdentity")));

        var refused = answers.Where(answer => answer.Status != HttpStatusCode.OK).ToArray();
        Assert.InRange(refused.Length, 6, 9);
        refused[0].AssertRefused(HttpStatusCode.TooManyRequests, "3 at once and 1 a second");
        Assert.InRange(refused[0].Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 12);
        await calm.CallAsync("/cloud/GetUserIdentity");
    }
}
