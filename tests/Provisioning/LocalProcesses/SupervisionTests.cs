using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.Tests.Support;
using RestateCloud.TestSupport;

namespace RestateCloud.Provisioning.Tests.LocalProcesses;

public sealed class SupervisionTests
{
    [Fact]
    public async Task A_server_that_is_killed_is_told_of_at_once_and_started_again_with_its_state()
    {
        await using var service = await SilentService.StartAsync();
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        var before = await cloud.ReadyAsync(spec);
        using (var admin = before.Admin!.Client())
            (await admin.PostAsync("/deployments", service.Registration)).EnsureSuccessStatusCode();
        var server = cloud.Server(spec);
        cloud.Changes.Clear();

        Signals.Send(server, Signals.Kill);

        await Eventually.HoldsAsync(() => cloud.Changes.Contains(spec.EnvironmentId), "the end is told of");
        var seen = await cloud.Provisioner.ReconcileAsync(spec, TestContext.Current.CancellationToken);
        Assert.Equal(EnvironmentPhase.BackingOff, seen.Phase);
        Assert.Equal("restate-server 1.7.12 was ended by signal 9.", seen.Message);
        Assert.InRange(seen.RetryAfter!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(1));

        var after = await cloud.ReadyAsync(spec);
        Assert.NotEqual(server, cloud.Server(spec));
        Assert.Single(await after.Admin!.QueryAsync("SELECT id FROM sys_deployment"));
    }

    [Fact]
    public async Task The_end_of_a_server_that_an_earlier_cloud_started_is_noticed_too()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await cloud.StopHostAsync();
        await using (var killed = CloudProcess.Start(cloud.DataFolder, spec.EnvironmentId))
            await killed.SaysAsync("ready");
        await cloud.RestartAsync();
        await cloud.ReadyAsync(spec);
        cloud.Changes.Clear();

        Signals.Send(cloud.Server(spec), Signals.Kill);

        await Eventually.HoldsAsync(() => cloud.Changes.Contains(spec.EnvironmentId), "the end is told of");
        await cloud.ReadyAsync(spec);
    }

    [Fact]
    public async Task A_server_that_hangs_is_replaced()
    {
        await using var cloud = await LocalCloud.StartAsync(options =>
        {
            options.HealthInterval = TimeSpan.FromMilliseconds(100);
            options.HealthTimeout = TimeSpan.FromMilliseconds(300);
            options.HangTimeout = TimeSpan.FromSeconds(2);
        });
        var spec = LocalCloud.Spec();
        await cloud.ReadyAsync(spec);
        var server = cloud.Server(spec);

        Signals.Send(server, Signals.Stop);

        await Eventually.HoldsAsync(() => !Signals.IsRunning(server), "the hung server is ended");
        var seen = await cloud.Provisioner.ReconcileAsync(spec, TestContext.Current.CancellationToken);
        Assert.Contains("did not answer for 2 s", seen.Message);
        await cloud.ReadyAsync(spec);
    }

    [Fact]
    public async Task A_server_that_ignores_SIGTERM_is_removed_all_the_same()
    {
        await using var cloud = await LocalCloud.StartAsync(options => options.StopTimeout = TimeSpan.FromMilliseconds(500));
        var spec = LocalCloud.Spec();
        await cloud.ReadyAsync(spec);
        var server = cloud.Server(spec);
        Signals.Send(server, Signals.Stop);

        await cloud.RemoveAsync(spec);

        Assert.False(Signals.IsRunning(server));
    }

    [Fact]
    public async Task A_server_that_cannot_start_is_tried_ever_more_slowly_and_says_why()
    {
        var settings = new Dictionary<string, string> { ["RESTATE_ROLES"] = "[\"nonsense\"]" };
        await using var cloud = await LocalCloud.StartAsync(options =>
        {
            options.FirstBackoff = TimeSpan.FromMilliseconds(50);
            options.FailedAfter = 3;
            foreach (var (name, value) in settings) options.ServerEnvironment[name] = value;
        });
        var spec = LocalCloud.Spec();
        var pauses = new List<TimeSpan>();

        var failed = await Eventually.GetAsync(
            async () =>
            {
                var seen = await cloud.Provisioner.ReconcileAsync(spec, TestContext.Current.CancellationToken);
                if (seen.RetryAfter is { } pause && (pauses.Count == 0 || pause > pauses[^1])) pauses.Add(pause);
                return seen.Phase == EnvironmentPhase.Failed ? seen : null;
            },
            "the environment fails");

        Assert.Contains("restate-server 1.7.12 exited with code", failed.Message);
        Assert.Contains("nonsense", failed.Message);
        Assert.True(pauses.Count >= 3, "The pauses grow.");
        Assert.Empty(cloud.Servers(spec));

        // The operator mends it and starts the cloud again.
        settings.Clear();
        await cloud.RestartAsync();
        await cloud.ReadyAsync(spec);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_one_clear_sentence()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");

        var error = await Assert.ThrowsAsync<ProvisioningException>(() => LocalCloud.StartOnAsync(folder.File("file", "data")));

        Assert.Contains(folder.File("file", "data"), error.Message);
    }
}
