using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Semantics;

public sealed class TurnTests
{
    [Fact]
    public async Task A_grain_runs_one_request_at_a_time()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>("a");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => grain.Add(1)));

        Assert.Equal(Enumerable.Range(1, 100), answers.Order());
        Assert.Equal(1, host.Journal.Count("activate a"));
    }

    [Fact]
    public async Task A_request_waits_while_another_is_between_its_awaits()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ITurnGrain>("a");
        var holding = grain.Hold("first");
        await Reached(host, "first");

        var second = grain.Hold("second");
        Assert.Equal("other grain", await host.Grains.GetGrain<ITurnGrain>("b").Echo("other grain"));
        Assert.Equal(0, host.Gates.Arrived("second"));

        host.Gates.Open("first");
        await holding;
        await Reached(host, "second");
        host.Gates.Open("second");
        await second;
    }

    [Fact]
    public async Task An_always_interleave_request_runs_beside_any_other()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ITurnGrain>("a");
        var holding = grain.Hold("hold");
        await Reached(host, "hold");

        var interleaving = grain.HoldInterleaving("interleaved");
        await Reached(host, "interleaved");

        host.Gates.Open("interleaved");
        await interleaving;
        Assert.False(holding.IsCompleted);
        host.Gates.Open("hold");
        await holding;
    }

    [Fact]
    public async Task Read_only_requests_run_together_but_not_beside_one_that_writes()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ITurnGrain>("a");
        var reading = Task.WhenAll(grain.HoldReading("read"), grain.HoldReading("read"));
        await Eventually.HoldsAsync(() => host.Gates.Arrived("read") == 2, "both readers run");

        var writing = grain.Hold("write");
        var echo = host.Grains.GetGrain<ITurnGrain>("b").Echo("passed");
        await echo;
        Assert.Equal(0, host.Gates.Arrived("write"));

        host.Gates.Open("read");
        await reading;
        await Reached(host, "write");
        var readingLater = grain.HoldReading("late read");
        await host.Grains.GetGrain<ITurnGrain>("b").Echo("passed");
        Assert.Equal(0, host.Gates.Arrived("late read"));
        host.Gates.Open("write");
        host.Gates.Open("late read");
        await Task.WhenAll(writing, readingLater);
    }

    [Fact]
    public async Task All_requests_of_a_reentrant_grain_interleave()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<IReentrantTurnGrain>("a");
        var holding = grain.Hold("hold");
        await Reached(host, "hold");

        Assert.Equal("meanwhile", await grain.Echo("meanwhile"));

        host.Gates.Open("hold");
        await holding;
    }

    [Fact]
    public async Task Interleaving_requests_never_run_in_parallel()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ITurnGrain>("a");

        var alone = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => grain.CountWithoutLock(500))));

        Assert.All(alone, Assert.True);
        Assert.Equal(4000, await grain.Count());
    }

    private static Task Reached(IGrainHost host, string gate) =>
        Eventually.HoldsAsync(() => host.Gates.Arrived(gate) > 0, $"a request reached {gate}");
}
