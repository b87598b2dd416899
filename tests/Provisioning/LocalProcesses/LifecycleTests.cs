using System.Diagnostics;
using System.Net.Http.Json;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.Tests.Support;

namespace RestateCloud.Provisioning.Tests.LocalProcesses;

public sealed class LifecycleTests
{
    [Theory]
    [InlineData(LocalCloud.Current)]
    [InlineData(LocalCloud.Previous)]
    public async Task An_environment_becomes_ready_and_is_removed_without_a_trace(string version)
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec(version: version);

        var clock = Stopwatch.StartNew();
        var ready = await cloud.ReadyAsync(spec);
        TestContext.Current.TestOutputHelper?.WriteLine($"ready after {clock.ElapsedMilliseconds} ms");

        Assert.Equal(spec.Generation, ready.Generation);
        Assert.Equal(version, ready.RunningVersion);
        Assert.Empty(await ready.Admin!.QueryAsync("SELECT * FROM sys_invocation"));
        using var ingress = ready.Ingress!.Client();
        Assert.True((await ingress.GetAsync("/restate/health", TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        var server = cloud.Server(spec);

        await cloud.RemoveAsync(spec);

        Assert.False(Directory.Exists(cloud.Folder(spec)));
        Assert.False(Signals.IsRunning(server));
        Assert.True(await cloud.Provisioner.RemoveAsync(spec.EnvironmentId, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reconciling_a_healthy_environment_again_touches_nothing()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await cloud.ReadyAsync(spec);
        var server = cloud.Server(spec);

        for (var i = 0; i < 10; i++)
        {
            var seen = await cloud.Provisioner.ReconcileAsync(spec, TestContext.Current.CancellationToken);
            Assert.Equal(EnvironmentPhase.Ready, seen.Phase);
        }

        Assert.Equal(server, cloud.Server(spec));
    }

    [Fact]
    public async Task Reconciling_many_times_at_once_starts_one_server()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => cloud.ReadyAsync(spec))));

        Assert.Single(cloud.Servers(spec));
    }

    [Fact]
    public async Task More_environments_than_may_start_at_a_time_all_become_ready()
    {
        await using var cloud = await LocalCloud.StartAsync(options => options.ConcurrentStarts = 2);
        var specs = Enumerable.Range(0, 6).Select(_ => LocalCloud.Spec()).ToArray();

        await Task.WhenAll(specs.Select(cloud.ReadyAsync));

        Assert.All(specs, spec => Assert.Single(cloud.Servers(spec)));
    }

    [Fact]
    public async Task A_new_version_keeps_deployments_state_and_invocations()
    {
        await using var service = await SilentService.StartAsync();
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec(version: LocalCloud.Previous);
        var old = await cloud.ReadyAsync(spec);
        using (var admin = old.Admin!.Client())
        using (var ingress = old.Ingress!.Client())
        {
            (await admin.PostAsync("/deployments", service.Registration)).EnsureSuccessStatusCode();
            var state42 = new { object_key = "a", new_state = new { count = "42".Select(digit => (int)digit) } };
            (await admin.PostAsJsonAsync("/services/Thing/state", state42)).EnsureSuccessStatusCode();
            (await ingress.PostAsync("/Thing/b/touch/send", null)).EnsureSuccessStatusCode();
        }

        var newer = spec with { Version = LocalCloud.Current, Generation = 2 };
        var moved = await cloud.ReadyAsync(newer);

        Assert.Equal((2, LocalCloud.Current), (moved.Generation, moved.RunningVersion));
        Assert.Single(await moved.Admin!.QueryAsync("SELECT id FROM sys_deployment"));
        Assert.Single(await moved.Admin!.QueryAsync("SELECT id FROM sys_invocation WHERE target_service_key = 'b'"));
        var state = Assert.Single(await moved.Admin!.QueryAsync("SELECT service_key, key, value_utf8 FROM state"));
        Assert.Equal(("a", "count", "42"), (Text(state, "service_key"), Text(state, "key"), Text(state, "value_utf8")));

        static string? Text(System.Text.Json.JsonElement row, string name) => row.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Other_limits_restart_the_server_and_a_generation_alone_does_not()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await cloud.ReadyAsync(spec);
        var server = cloud.Server(spec);

        var same = await cloud.ReadyAsync(spec with { Generation = 2 });
        Assert.Equal((2, server), (same.Generation, cloud.Server(spec)));

        var larger = spec with { Generation = 3, Limits = spec.Limits with { RocksDbBytes = 2 * spec.Limits.RocksDbBytes } };
        var first = await cloud.Provisioner.ReconcileAsync(larger, TestContext.Current.CancellationToken);
        Assert.Equal((EnvironmentPhase.Starting, 1), (first.Phase, first.Generation));
        await cloud.ReadyAsync(larger);
        Assert.NotEqual(server, cloud.Server(spec));
    }

    [Fact]
    public async Task A_data_folder_with_a_path_longer_than_a_socket_s_works()
    {
        var longName = Path.Combine(new string('d', 120), new string('e', 120));
        await using var cloud = await LocalCloud.StartAsync(subfolder: longName);
        var spec = LocalCloud.Spec();

        var ready = await cloud.ReadyAsync(spec);

        var link = Path.GetDirectoryName(ready.Ingress!.UnixSocketPath)!;
        Assert.InRange(ready.Ingress.UnixSocketPath!.Length, 1, 107);
        Assert.Empty(await ready.Admin!.QueryAsync("SELECT * FROM state"));

        // Programs that tidy /tmp may take the link away.
        File.Delete(link);
        await cloud.ReadyAsync(spec);
        Assert.Empty(await ready.Admin!.QueryAsync("SELECT * FROM state"));

        await cloud.RemoveAsync(spec);
        Assert.Null(new FileInfo(link).LinkTarget);
    }

    [Theory]
    [InlineData("env_../../../../etc")]
    [InlineData("../x")]
    [InlineData("")]
    public async Task An_id_that_is_none_is_refused(string id)
    {
        await using var cloud = await LocalCloud.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => cloud.Provisioner.RemoveAsync(id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_version_that_is_not_on_offer_is_refused()
    {
        await using var cloud = await LocalCloud.StartAsync();

        var error = await Assert.ThrowsAsync<ProvisioningException>(
            () => cloud.Provisioner.ReconcileAsync(LocalCloud.Spec(version: "0.0.1"), TestContext.Current.CancellationToken));

        Assert.Contains("0.0.1", error.Message);
    }
}
