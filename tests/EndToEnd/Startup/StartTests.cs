using System.Net;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.Invocations;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Startup;

/// <summary>What a start leaves for people and scripts, and a stop for the next start.</summary>
public sealed class StartTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task It_listens_on_loopback_only_and_tells_scripts_where()
    {
        await using var cloud = await Cloud.StartAsync();

        var listeners = Listener.Of(cloud.ProcessId);

        Assert.All(listeners, listener => Assert.True(IPAddress.IsLoopback(listener.Address), $"{listener}"));
        var first = cloud.FirstRun;
        Assert.All(
            (Uri[])[first.ApiBaseUrl, first.IngressBaseUrl, first.AdminBaseUrl, first.ProxyBaseUrl],
            url => Assert.Contains(listeners, listener => listener.Port == url.Port));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FirstRun.PathIn(cloud.DataFolder)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(cloud.DataFolder));
    }

    [Fact]
    public async Task A_stop_is_orderly_and_environments_go_on_until_they_are_stopped_too()
    {
        await using var cloud = await Cloud.StartAsync();
        using var tenant = await Tenant.CreateAsync(cloud, cloud.FirstRun.AccessToken);
        await TenantEnvironment.CreateAsync(tenant);
        var server = Assert.Single(cloud.Servers);

        Assert.Equal(0, await cloud.StopAsync());
        Assert.Equal(server, Assert.Single(cloud.Servers));

        await using var stop = ChildProcess.Start("dotnet", [Build.Silo, "stop", "--data", cloud.DataFolder]);
        Assert.Equal(0, await stop.ExitAsync(Limit));
        Assert.Empty(cloud.Servers);
    }

    [Fact]
    public async Task A_stop_lets_a_call_in_flight_end()
    {
        const int milliseconds = 5000;
        await using var cloud = await Cloud.StartAsync();
        using var tenant = await Tenant.CreateAsync(cloud, cloud.FirstRun.AccessToken);
        var environment = await TenantEnvironment.CreateAsync(tenant);
        await using var service = await NodeService.WorkbenchAsync(environment.Description.SigningPublicKey);
        await environment.RegisterAsync(service);
        var call = environment.Ingress.CallAsync<int>("Bench/sleep", milliseconds);
        await Eventually.HoldsAsync(
            async () => (await environment.QueryAsync("select id from sys_invocation where status <> 'completed'")).Length == 1, "it is in flight");

        Assert.Equal(0, await cloud.StopAsync());

        Assert.Equal(milliseconds, await call);
    }

    [Fact]
    public async Task An_access_token_of_an_earlier_start_is_still_good()
    {
        await using var cloud = await Cloud.StartAsync();
        using var tenant = await Tenant.CreateAsync(cloud, cloud.FirstRun.AccessToken);

        await cloud.KillAsync();
        await cloud.StartAgainAsync();

        Assert.Empty(await tenant.Api.ListEnvironmentsAsync(tenant.AccountId));
    }
}
