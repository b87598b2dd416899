using System.Diagnostics;
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
        Assert.True(File.Exists(ready.Ingress!.UnixSocketPath));
        Assert.True(File.Exists(ready.Admin!.UnixSocketPath));
        var server = cloud.Server(spec);

        await cloud.RemoveAsync(spec);

        Assert.False(Directory.Exists(cloud.Folder(spec)));
        Assert.False(Directory.Exists($"/proc/{server}"));
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
            Assert.Equal(EnvironmentPhase.Ready, (await cloud.Provisioner.ReconcileAsync(spec, TestContext.Current.CancellationToken)).Phase);

        Assert.Equal(server, cloud.Server(spec));
    }
}
