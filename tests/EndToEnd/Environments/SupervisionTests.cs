using System.Globalization;
using System.Net;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Environments;

/// <summary>An environment's server and what its tenant sees of it.</summary>
public sealed class SupervisionTests(SharedCloud cloud)
{
    [Fact]
    public async Task A_server_that_dies_is_started_again_and_callers_are_told_to_wait()
    {
        await using var environment = await TenantEnvironment.CreateAsync(cloud.Alice);
        var server = ServerOf(environment);

        server.Kill();

        using (var refused = await environment.Ingress.GetAsync("restate/health"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        await Eventually.HoldsAsync(async () => await IsHealthyAsync(environment), "the environment is back");
        Assert.NotEqual(server, ServerOf(environment));
    }

    [Fact]
    public async Task Its_log_is_read_by_time()
    {
        var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;
        await using var environment = await TenantEnvironment.CreateAsync(cloud.Alice);

        var lines = await LogsAsync(environment, start, long.MaxValue);

        Assert.Contains(lines, line => line.Line.Contains(environment.Description.SigningPublicKey));
        var times = lines.Select(line => long.Parse(line.UnixNanos, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(times.Order(), times);
        Assert.All(times, time => Assert.True(time >= start));
        Assert.Empty(await LogsAsync(environment, 0, start));
    }

    [Fact]
    public async Task Its_server_listens_on_no_port()
    {
        await using var environment = await TenantEnvironment.CreateAsync(cloud.Alice);

        Assert.Empty(Listener.Of(ServerOf(environment).Id));
    }

    [Fact]
    public async Task No_secret_of_it_lies_open_on_the_disk_or_in_its_process()
    {
        await using var environment = await TenantEnvironment.CreateAsync(cloud.Alice);
        var secret = environment.FullKey[(environment.FullKey.IndexOf('.') + 1)..];
        var process = $"/proc/{ServerOf(environment).Id}";

        foreach (var open in (string[])["BEGIN PRIVATE KEY", secret])
        {
            Assert.DoesNotContain(open, await File.ReadAllTextAsync($"{process}/cmdline"));
            Assert.DoesNotContain(open, await File.ReadAllTextAsync($"{process}/environ"));
            Assert.Empty(await FilesWithAsync(cloud.DataFolder, open, environment.Id));
        }

        // The search does find what is there.
        Assert.NotEmpty(await FilesWithAsync(cloud.DataFolder, environment.Description.SigningPublicKey, environment.Id));
    }

    private ServerProcess ServerOf(TenantEnvironment environment) =>
        Assert.Single(ServerProcess.Of(cloud.DataFolder), server => server.EnvironmentId == environment.Id);

    private static async Task<bool> IsHealthyAsync(TenantEnvironment environment)
    {
        using var response = await environment.Ingress.GetAsync("restate/health");
        return response.IsSuccessStatusCode;
    }

    private async Task<IReadOnlyList<LogLine>> LogsAsync(TenantEnvironment environment, long start, long end) =>
        (await cloud.Alice.Api.PostAsync<LogLines>($"{cloud.Alice.AccountId}/GetEnvironmentLogs", new { environmentId = environment.Id, start, end })).Lines;

    /// <summary>The files of the cloud itself and of one environment that hold a text; other tests' environments come and go.</summary>
    private static async Task<IEnumerable<string>> FilesWithAsync(string dataFolder, string text, string environmentId)
    {
        await using var grep = ChildProcess.Start("grep", ["--recursive", "--devices=skip", "--no-messages", "--files-with-matches", "--fixed-strings", "--", text, dataFolder]);
        await grep.ExitAsync(TimeSpan.FromSeconds(30));
        return grep.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(path => !path.Contains("/environments/") || path.Contains(environmentId));
    }
}
