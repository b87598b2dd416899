using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.LocalProcesses;
using RestateCloud.Provisioning.LocalProcesses.Servers;
using RestateCloud.Provisioning.Tests.Support;
using RestateCloud.TestSupport;

namespace RestateCloud.Provisioning.Tests.LocalProcesses;

public sealed class AdoptionTests
{
    [Fact]
    public async Task Servers_outlive_a_graceful_shutdown_and_are_kept_by_the_next_cloud()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await cloud.ReadyAsync(spec);
        var server = cloud.Server(spec);

        await cloud.StopHostAsync();
        Assert.True(Signals.IsRunning(server));
        await cloud.RestartAsync();
        var ready = await cloud.ReadyAsync(spec);

        Assert.Equal(server, cloud.Server(spec));
        Assert.Equal(spec.Generation, ready.Generation);
    }

    [Fact]
    public async Task Servers_outlive_a_killed_cloud_and_are_kept_by_the_next()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.StopHostAsync();
        var specs = Enumerable.Range(0, 3).Select(_ => LocalCloud.Spec()).ToArray();
        await using (var killed = CloudProcess.Start(cloud.DataFolder, [.. specs.Select(spec => spec.EnvironmentId)]))
            await killed.SaysAsync("ready");
        var servers = specs.Select(cloud.Server).ToArray();

        await cloud.RestartAsync();
        await Task.WhenAll(specs.Select(cloud.ReadyAsync));

        Assert.Equal(servers, specs.Select(cloud.Server));
        await Task.WhenAll(specs.Select(cloud.RemoveAsync));
        Assert.All(servers, server => Assert.False(Signals.IsRunning(server)));
    }

    [Fact]
    public async Task A_cloud_killed_at_any_moment_never_leaves_two_servers_or_one_that_is_lost()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.StopHostAsync();
        var spec = LocalCloud.Spec();
        var random = new Random(2);
        for (var round = 0; round < 5; round++)
        {
            await using (var killed = CloudProcess.Start(cloud.DataFolder, spec.EnvironmentId))
            {
                await killed.SaysAsync("reconciling");
                await Task.Delay(random.Next(60), TestContext.Current.CancellationToken);
            }

            var servers = cloud.Servers(spec);
            Assert.InRange(servers.Length, 0, 1);
            // Every other time the next cloud finds a server, otherwise it begins anew.
            if (round % 2 == 0) await LocalServers.StopAllAsync(cloud.DataFolder, TimeSpan.Zero);
        }

        await cloud.RestartAsync();
        await cloud.ReadyAsync(spec);
        Assert.Single(cloud.Servers(spec));
    }

    [Fact]
    public async Task A_cloud_killed_at_any_moment_of_a_removal_leaves_nothing_that_the_next_does_not_find()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.StopHostAsync();
        var spec = LocalCloud.Spec();
        var random = new Random(3);
        for (var round = 0; round < 3; round++)
        {
            await using (var killed = CloudProcess.Start(cloud.DataFolder, CloudProcess.Remove, spec.EnvironmentId))
            {
                await killed.SaysAsync("removing");
                await Task.Delay(random.Next(60), TestContext.Current.CancellationToken);
            }

            await cloud.RestartAsync();
            await cloud.RemoveAsync(spec);
            await cloud.StopHostAsync();
            Assert.False(Directory.Exists(cloud.Folder(spec)));
            Assert.Empty(cloud.Servers(spec));
        }
    }

    [Fact]
    public async Task A_removal_interrupted_by_a_kill_is_finished_by_the_next_cloud()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await cloud.ReadyAsync(spec);
        var server = cloud.Server(spec);

        // What a kill in the middle of the deletion leaves: the server runs, part of its folder is gone.
        await cloud.StopHostAsync();
        Directory.Delete(Path.Combine(cloud.Folder(spec), "logs"), recursive: true);
        await cloud.RestartAsync();
        await cloud.RemoveAsync(spec);

        Assert.False(Directory.Exists(cloud.Folder(spec)));
        Assert.False(Signals.IsRunning(server));
    }

    [Fact]
    public async Task A_server_whose_folder_was_taken_away_is_ended()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await cloud.ReadyAsync(spec);
        var server = cloud.Server(spec);
        await cloud.StopHostAsync();
        Directory.Delete(cloud.Folder(spec), recursive: true);

        await cloud.RestartAsync();

        await Eventually.HoldsAsync(() => !Signals.IsRunning(server), "the server ends");
    }

    [Fact]
    public async Task Of_two_servers_of_one_environment_the_older_stays()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await cloud.ReadyAsync(spec);
        var server = cloud.Server(spec);
        await cloud.StopHostAsync();
        var mark = new ServerMark(spec.EnvironmentId, LocalCloud.Current, "x", 1);
        using var second = Signals.StartImpostor(cloud.Folder(spec), mark.Variables);
        try
        {
            await Eventually.HoldsAsync(() => cloud.Servers(spec).Length == 2, "there are two");
            await cloud.RestartAsync();
            await cloud.ReadyAsync(spec);
            await second.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(server, cloud.Server(spec));
        }
        finally
        {
            second.Kill();
        }
    }

    [Fact]
    public async Task A_process_that_only_works_in_the_folder_or_only_bears_the_mark_is_left_alone()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await cloud.ReadyAsync(spec);
        using var unmarked = Signals.StartImpostor(cloud.Folder(spec), []);
        using var elsewhere = Signals.StartImpostor("/", new ServerMark(spec.EnvironmentId, LocalCloud.Current, "x", 1).Variables);
        try
        {
            Assert.Single(cloud.Servers(spec));
            await cloud.RemoveAsync(spec);
            Assert.False(unmarked.HasExited);
            Assert.False(elsewhere.HasExited);
        }
        finally
        {
            unmarked.Kill();
            elsewhere.Kill();
        }
    }

    [Fact]
    public async Task Stopping_all_ends_every_server_of_this_data_folder_and_no_other()
    {
        await using var mine = await LocalCloud.StartAsync();
        await using var other = await LocalCloud.StartAsync();
        var specs = Enumerable.Range(0, 2).Select(_ => LocalCloud.Spec()).ToArray();
        var foreign = LocalCloud.Spec();
        await Task.WhenAll([.. specs.Select(mine.ReadyAsync), other.ReadyAsync(foreign)]);
        await mine.StopHostAsync();

        Assert.Equal(2, await LocalServers.StopAllAsync(mine.DataFolder, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));

        Assert.All(specs, spec => Assert.Empty(mine.Servers(spec)));
        Assert.Single(other.Servers(foreign));
        Assert.Equal(0, await LocalServers.StopAllAsync(mine.DataFolder, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_is_stopped_while_a_silo_looks_after_it()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await cloud.ReadyAsync(spec);
        var server = cloud.Server(spec);

        var refusal = await Assert.ThrowsAsync<ProvisioningException>(() => LocalServers.StopAllAsync(cloud.DataFolder, TimeSpan.FromSeconds(10)));

        Assert.Contains(spec.EnvironmentId, refusal.Message);
        Assert.Equal(server, cloud.Server(spec));
    }
}
