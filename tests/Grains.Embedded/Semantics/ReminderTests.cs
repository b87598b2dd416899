using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Semantics;

public sealed class ReminderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_reminder_ticks_when_due_and_then_every_period()
    {
        await using var host = await GrainHosts.StartAsync();
        await host.Grains.GetGrain<IReminderGrain>("a").Register("r", 5 * Minute, 10 * Minute);
        await host.AdvanceAsync(4 * Minute);
        Assert.Equal(0, host.Journal.Count("tick a r"));

        await host.AdvanceAsync(Minute + TimeSpan.FromSeconds(1));
        await Ticked(host, "tick a r after 0 min");
        await host.AdvanceAsync(10 * Minute);
        await Ticked(host, "tick a r after 10 min");

        Assert.Equal(2, host.Journal.Count("tick a r"));
    }

    [Fact]
    public async Task A_reminder_survives_a_restart_and_activates_its_grain()
    {
        await using var host = await GrainHosts.StartAsync();
        await host.Grains.GetGrain<IReminderGrain>("a").Register("r", 5 * Minute, 10 * Minute);

        await host.RestartAsync();
        await host.AdvanceAsync(5 * Minute + TimeSpan.FromSeconds(1));

        await Ticked(host, "tick a r after 0 min");
    }

    [Fact]
    public async Task Ticks_missed_while_the_host_was_down_are_not_made_up_for_and_the_next_comes_at_its_time()
    {
        await using var host = await GrainHosts.StartAsync();
        await host.Grains.GetGrain<IReminderGrain>("a").Register("r", 5 * Minute, 10 * Minute);

        await host.RestartAsync(away: 42 * Minute);
        Assert.Equal(["r"], await host.Grains.GetGrain<IReminderGrain>("a").Names());
        Assert.Equal(0, host.Journal.Count("tick a r"));
        await host.AdvanceAsync(3 * Minute + TimeSpan.FromSeconds(1));

        await Ticked(host, "tick a r after 40 min");
        Assert.Equal(1, host.Journal.Count("tick a r"));
    }

    [Fact]
    public async Task A_reminder_goes_on_after_a_failed_tick()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<IReminderGrain>("a");
        await grain.FailTicks();
        await grain.Register("r", Minute, Minute);

        await host.AdvanceAsync(Minute + TimeSpan.FromSeconds(1));
        await Ticked(host, "tick a r after 0 min");
        await host.AdvanceAsync(Minute);

        await Ticked(host, "tick a r after 1 min");
    }

    [Fact]
    public async Task Registering_again_replaces_the_schedule()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<IReminderGrain>("a");
        await grain.Register("r", Minute, Minute);
        await grain.Register("r", 30 * Minute, Minute);
        await grain.Register("other", 2 * Minute, Minute);

        await host.AdvanceAsync(2 * Minute + TimeSpan.FromSeconds(1));

        await Ticked(host, "tick a other after 0 min");
        Assert.Equal(0, host.Journal.Count("tick a r"));
        Assert.Equal(["other", "r"], await grain.Names());
    }

    [Fact]
    public async Task An_unregistered_reminder_is_gone_for_good()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<IReminderGrain>("a");
        await grain.Register("gone", Minute, Minute);
        await grain.Register("kept", Minute, Minute);

        Assert.True(await grain.Unregister("gone"));
        Assert.False(await grain.Unregister("gone"));
        await host.RestartAsync();
        await host.AdvanceAsync(Minute + TimeSpan.FromSeconds(1));

        await Ticked(host, "tick a kept after 0 min");
        Assert.Equal(0, host.Journal.Count("tick a gone"));
        Assert.Equal(["kept"], await host.Grains.GetGrain<IReminderGrain>("a").Names());
    }

    [Fact]
    public async Task A_handle_from_before_the_last_registration_cannot_remove_it()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<IReminderGrain>("a");

        await Assert.ThrowsAsync<ReminderException>(() => grain.UnregisterByStaleHandle("r"));

        Assert.Equal(["r"], await grain.Names());
    }

    [Fact]
    public async Task A_period_under_a_minute_is_refused()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<IReminderGrain>("a");

        await Assert.ThrowsAsync<ArgumentException>(() => grain.Register("r", TimeSpan.Zero, TimeSpan.FromSeconds(59)));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => grain.Register("r", -Minute, Minute));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => grain.Register(" ", Minute, Minute));

        Assert.Empty(await grain.Names());
    }

    private static Task Ticked(IGrainHost host, string entry) =>
        Eventually.HoldsAsync(() => host.Journal.Count(entry) == 1, $"\"{entry}\" was written once");
}
