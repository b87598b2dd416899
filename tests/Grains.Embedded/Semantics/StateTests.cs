using Orleans.Storage;
using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Semantics;

public sealed class StateTests
{
    [Fact]
    public async Task Written_state_is_there_after_a_restart_and_unwritten_state_is_not()
    {
        await using var host = await GrainHosts.StartAsync();
        Assert.Equal(5, await host.Grains.GetGrain<ICounterGrain>("a").Add(5));
        await host.Grains.GetGrain<ICounterGrain>("a").ChangeWithoutWriting(99);

        await host.RestartAsync();

        Assert.Equal(5, await host.Grains.GetGrain<ICounterGrain>("a").Get());
        Assert.False(await host.Grains.GetGrain<ICounterGrain>("b").Exists());
    }

    [Fact]
    public async Task Cleared_state_is_gone_and_can_be_written_anew()
    {
        await using var host = await GrainHosts.StartAsync();
        var counter = host.Grains.GetGrain<ICounterGrain>("a");
        await counter.Add(5);

        await counter.Clear();

        Assert.False(await counter.Exists());
        Assert.Equal(0, await counter.Get());
        await host.RestartAsync();
        counter = host.Grains.GetGrain<ICounterGrain>("a");
        Assert.False(await counter.Exists());
        Assert.Equal(3, await counter.Add(3));
    }

    [Fact]
    public async Task A_stale_write_fails_and_deactivates_so_that_the_next_call_sees_what_is_stored()
    {
        await using var host = await GrainHosts.StartAsync();
        var counter = host.Grains.GetGrain<ICounterGrain>("a");
        await counter.Add(1);

        await Assert.ThrowsAsync<InconsistentStateException>(counter.WriteStale);

        Assert.Equal(1, await counter.Get());
        await Eventually.HoldsAsync(() => host.Journal.Count("activate a") == 2, "the grain was activated again");
    }
}
