using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.Tests.Support;
using RestateCloud.TestSupport;

namespace RestateCloud.Provisioning.Tests.LocalProcesses;

/// <summary>Two processes that share a data folder, as the silos of one machine do.</summary>
public sealed class HoldingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_environment_that_another_process_holds_is_reported_as_it_is_and_left_alone()
    {
        await using var holder = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await holder.ReadyAsync(spec);
        var server = holder.Server(spec);
        await using var other = await LocalCloud.StartOnAsync(holder.DataFolder);

        var same = await other.Provisioner.ReconcileAsync(spec, Cancellation);
        var changed = await other.Provisioner.ReconcileAsync(spec with { Version = LocalCloud.Previous, Generation = 2 }, Cancellation);

        Assert.Equal((EnvironmentPhase.Ready, spec.Generation), (same.Phase, same.Generation));
        Assert.Equal(EnvironmentPhase.Starting, changed.Phase);
        Assert.False(await other.Provisioner.RemoveAsync(spec.EnvironmentId, Cancellation));
        Assert.Equal(server, holder.Server(spec));
    }

    [Fact]
    public async Task An_environment_that_is_released_is_taken_by_who_waits_for_it()
    {
        await using var first = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await first.ReadyAsync(spec);
        var server = first.Server(spec);
        await using var second = await LocalCloud.StartOnAsync(first.DataFolder);
        await second.ReadyAsync(spec);

        await first.Provisioner.ReleaseAsync(spec.EnvironmentId);

        await Eventually.HoldsAsync(() => second.Changes.Contains(spec.EnvironmentId), "the second has taken it and says so");
        await second.ReadyAsync(spec);
        Assert.Equal(server, second.Server(spec));
        await second.RemoveAsync(spec);
        Assert.False(Signals.IsRunning(server));
    }

    [Fact]
    public async Task An_environment_whose_holder_is_killed_is_taken_by_who_waits_for_it_and_looked_after_again()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        int server;
        await using (var killed = CloudProcess.Start(cloud.DataFolder, spec.EnvironmentId))
        {
            await killed.SaysAsync("ready");
            await cloud.ReadyAsync(spec);
            server = cloud.Server(spec);
        }

        await Eventually.HoldsAsync(() => cloud.Changes.Contains(spec.EnvironmentId), "it was taken");
        Assert.Equal(server, cloud.Server(spec));

        Signals.Send(server, Signals.Kill);
        await Eventually.HoldsAsync(() => cloud.Changes.Count(id => id == spec.EnvironmentId) > 1, "the end of the server was noticed");
        await cloud.ReadyAsync(spec);
        Assert.NotEqual(server, cloud.Server(spec));
    }
}
