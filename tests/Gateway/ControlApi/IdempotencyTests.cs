using System.Net;

namespace RestateCloud.Gateway.Tests.ControlApi;

public sealed class IdempotencyTests(CloudFixture fixture) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Many_identical_creations_at_once_create_one_of_the_name()
    {
        var tenant = await fixture.Cloud.CreateTenantAsync();
        using var api = await ApiClient.OfAsync(tenant);

        var accounts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.TryAsync("/cloud/CreateAccount", new { name = "same" })));
        var environments = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => api.TryAsync($"/cloud/{tenant.AccountId}/CreateEnvironment", new { name = "same" })));

        foreach (var answers in new[] { accounts, environments })
        {
            Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
            Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => answer.AssertRefused(HttpStatusCode.Conflict));
        }
    }

    [Fact]
    public async Task A_creation_repeated_with_its_key_answers_the_same()
    {
        var tenant = await fixture.Cloud.CreateTenantAsync();
        var environmentId = (await tenant.CreateEnvironmentAsync()).Id;
        using var api = await ApiClient.OfAsync(tenant);
        var key = new string('~', 256);

        await RepeatAsync("/cloud/CreateAccount", new { name = "once" });
        await RepeatAsync($"/cloud/{tenant.AccountId}/CreateEnvironment", new { name = "once" });
        await RepeatAsync($"/cloud/{tenant.AccountId}/CreateApiKey", new { environmentId, roleId = "rst:role::TunnelAccess" });
        await RepeatAsync($"/cloud/{tenant.AccountId}/BeginIdentityKeyRotation", new { environmentId }, "rotation");

        async Task RepeatAsync(string path, object body, string? other = null)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => api.CallAsync(path, body, other ?? key)));
            Assert.Single(answers.Select(answer => answer.ToJsonString()).Distinct());
        }
    }

    [Fact]
    public async Task A_key_that_was_used_for_something_else_is_refused()
    {
        using var api = await ApiClient.OfAsync(await fixture.Cloud.CreateTenantAsync());
        await api.CallAsync("/cloud/CreateAccount", new { name = "one" }, "key");

        (await api.TryAsync("/cloud/CreateAccount", new { name = "two" }, "key")).AssertRefused(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Creations_without_a_key_are_separate()
    {
        var tenant = await fixture.Cloud.CreateTenantAsync();
        var environmentId = (await tenant.CreateEnvironmentAsync()).Id;
        using var api = await ApiClient.OfAsync(tenant);
        var body = new { environmentId, roleId = "rst:role::FullAccess" };

        var first = await api.CallAsync($"/cloud/{tenant.AccountId}/CreateApiKey", body);
        var second = await api.CallAsync($"/cloud/{tenant.AccountId}/CreateApiKey", body);

        Assert.NotEqual((string)first["keyId"]!, (string)second["keyId"]!);
    }
}
