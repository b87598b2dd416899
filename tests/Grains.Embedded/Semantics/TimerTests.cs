using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Semantics;

public sealed class TimerTests
{
    [Fact]
    public async Task A_timer_ticks_until_it_is_disposed()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start("t");
        await Ticks(host, "t", 3);

        await grain.Stop();

        var ticks = host.Journal.Count("tick t");
        await grain.StartOnce("other");
        await Ticks(host, "other", 1);
        Assert.Equal(ticks, host.Journal.Count("tick t"));
    }

    [Fact]
    public async Task A_tick_waits_its_turn_unless_it_interleaves()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start("waiting");
        await grain.Start("interleaving", interleave: true);
        var holding = grain.Hold("hold");
        await Eventually.HoldsAsync(() => host.Gates.Arrived("hold") == 1, "the grain is busy");
        var before = (Waiting: host.Journal.Count("tick waiting"), Interleaving: host.Journal.Count("tick interleaving"));

        await Ticks(host, "interleaving", before.Interleaving + 3);

        Assert.Equal(before.Waiting, host.Journal.Count("tick waiting"));
        host.Gates.Open("hold");
        await holding;
        await Ticks(host, "waiting", before.Waiting + 1);
    }

    [Fact]
    public async Task A_timer_goes_on_after_a_failed_tick()
    {
        await using var host = await GrainHosts.StartAsync();

        await host.Grains.GetGrain<ITimerGrain>("a").StartFailing("t");

        await Ticks(host, "t", 3);
    }

    [Fact]
    public async Task A_timer_without_a_period_ticks_once_and_can_be_changed_to_tick_again()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>("a");
        await grain.StartOnce("t");
        await Ticks(host, "t", 1);

        await grain.ChangeTo(TimeSpan.Zero, TimeSpan.FromMilliseconds(10));

        await Ticks(host, "t", 3);
    }

    [Fact]
    public async Task Disposing_a_timer_cancels_the_tick_that_runs()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>("a");
        await grain.StartHolding("t");
        await Eventually.HoldsAsync(() => host.Gates.Arrived("t") == 1, "the tick runs");

        await grain.Stop();

        await Eventually.HoldsAsync(() => host.Journal.Count("ended t") == 1, "the tick was cancelled");
    }

    [Fact]
    public async Task Timers_end_with_the_activation()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start("t");
        await Ticks(host, "t", 1);

        await grain.Deactivate();

        await Eventually.HoldsAsync(() => host.Journal.Count("deactivate a") == 1, "the grain was deactivated");
        var ticks = host.Journal.Count("tick t");
        await grain.StartOnce("other");
        await Ticks(host, "other", 1);
        Assert.Equal(ticks, host.Journal.Count("tick t"));
    }

    [Fact]
    public async Task Only_a_timer_that_keeps_alive_holds_the_grain_in_memory()
    {
        await using var host = await GrainHosts.StartAsync(new() { IdleTimeout = TimeSpan.FromMilliseconds(300) });
        await host.Grains.GetGrain<ITimerGrain>("kept").Start("keeping", keepAlive: true);

        await host.Grains.GetGrain<ITimerGrain>("idle").Start("idle");

        await Eventually.HoldsAsync(() => host.Journal.Count("deactivate idle") == 1, "the idle grain left memory");
        await Ticks(host, "keeping", 30);
        Assert.Equal(0, host.Journal.Count("deactivate kept"));
    }

    [Fact]
    public async Task A_negative_period_is_refused()
    {
        await using var host = await GrainHosts.StartAsync();

        Assert.True(await host.Grains.GetGrain<ITimerGrain>("a").RefusesNegativePeriod());
    }

    private static Task Ticks(IGrainHost host, string name, int count) =>
        Eventually.HoldsAsync(() => host.Journal.Count($"tick {name}") >= count, $"timer {name} ticked {count} times");
}
