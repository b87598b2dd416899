using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Gateway.Tests.ControlApi;

public sealed class ErrorTests(CloudFixture fixture) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("POST", "/cloud/Nothing", HttpStatusCode.NotFound)]
    [InlineData("POST", "/cloud/acc_x/Nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/cloud/ListAccounts", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/cloud/acc_x/ListEnvironments", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/.auth-config", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/billing/nobody", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_refused_in_the_apis_form(string method, string path, HttpStatusCode status)
    {
        using var api = await ApiClient.OfAsync(await fixture.Cloud.CreateTenantAsync());
        using var response = await api.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), TestContext.Current.CancellationToken);

        (await ApiAnswer.ReadAsync(response)).AssertRefused(status);
        if (status == HttpStatusCode.MethodNotAllowed) Assert.NotEmpty(response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Grains_that_do_not_answer_are_the_clouds_affair_and_worth_asking_again()
    {
        await using var cloud = await TestCloud.StartAsync(configure: services => services.AddSingleton<IEnvironmentLogs, LostSilo>());
        var tenant = await cloud.CreateTenantAsync();
        var environmentId = (await tenant.CreateEnvironmentAsync()).Id;
        using var api = await ApiClient.OfAsync(tenant);

        var answer = await api.TryAsync($"/cloud/{tenant.AccountId}/GetEnvironmentLogs", new { environmentId, start = 0, end = 1 });

        answer.AssertRefused(HttpStatusCode.ServiceUnavailable, "ask again");
    }

    [Fact]
    public async Task A_defect_answers_with_a_trace_id_and_nothing_of_itself()
    {
        await using var cloud = await TestCloud.StartAsync(configure: services => services.AddSingleton<IEnvironmentLogs, BrokenLogs>());
        var tenant = await cloud.CreateTenantAsync();
        var environmentId = (await tenant.CreateEnvironmentAsync()).Id;
        using var api = await ApiClient.OfAsync(tenant);

        var answer = await api.TryAsync($"/cloud/{tenant.AccountId}/GetEnvironmentLogs", new { environmentId, start = 0, end = 1 });

        answer.AssertRefused(HttpStatusCode.InternalServerError, "trace id: ");
        Assert.DoesNotContain("disk", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", answer.Text, StringComparison.Ordinal);
    }

    private sealed class BrokenLogs : IEnvironmentLogs
    {
        public IAsyncEnumerable<LogLine> ReadAsync(string environmentId, long start, long end, CancellationToken cancellationToken) =>
            throw new IOException("The disk is on fire.");
    }

    private sealed class LostSilo : IEnvironmentLogs
    {
        public IAsyncEnumerable<LogLine> ReadAsync(string environmentId, long start, long end, CancellationToken cancellationToken) =>
            throw new Orleans.Runtime.SiloUnavailableException("It is gone.");
    }
}
