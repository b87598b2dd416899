using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Semantics;

public sealed class LifeTests
{
    private static readonly GrainHostSettings ShortIdle = new() { IdleTimeout = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task Calls_from_everywhere_meet_one_activation()
    {
        await using var host = await GrainHosts.StartAsync();

        var instances = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Task.Run(() => host.Grains.GetGrain<ILifeGrain>("a").Instance())));

        Assert.Single(instances.Distinct());
    }

    [Fact]
    public async Task An_idle_grain_leaves_memory_and_comes_back_with_the_next_call()
    {
        await using var host = await GrainHosts.StartAsync(ShortIdle);
        var grain = host.Grains.GetGrain<ILifeGrain>("a");
        var first = await grain.Instance();

        await Eventually.HoldsAsync(() => host.Journal.Count("deactivate a ActivationIdle") == 1, "the grain left memory");

        Assert.NotEqual(first, await grain.Instance());
        Assert.Equal(1, host.Journal.Count("dispose a"));
    }

    [Fact]
    public async Task A_busy_or_delayed_grain_stays_in_memory()
    {
        await using var host = await GrainHosts.StartAsync(ShortIdle);
        var busy = host.Grains.GetGrain<ILifeGrain>("busy").Hold("hold");
        var delayed = host.Grains.GetGrain<ILifeGrain>("delayed");
        await delayed.Delay(TimeSpan.FromMinutes(1));
        var delayedInstance = await delayed.Instance();
        await host.Grains.GetGrain<ILifeGrain>("idle").Instance();

        await Eventually.HoldsAsync(() => host.Journal.Count("deactivate idle ActivationIdle") == 1, "an idle grain left memory");

        Assert.Equal(delayedInstance, await delayed.Instance());
        Assert.Equal(0, host.Journal.Count("deactivate busy ActivationIdle"));
        host.Gates.Open("hold");
        await busy;
    }

    [Fact]
    public async Task Deactivation_waits_for_running_requests_and_those_that_wait_go_to_the_next_activation()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ILifeGrain>("a");
        var leaving = grain.DeactivateAndHold("hold");
        await Eventually.HoldsAsync(() => host.Gates.Arrived("hold") == 1, "the request runs");
        var waiting = grain.Instance();
        Assert.Equal(0, host.Journal.Count("deactivate a ApplicationRequested"));

        host.Gates.Open("hold");

        Assert.NotEqual(await leaving, await waiting);
        Assert.Equal(1, host.Journal.Count("deactivate a ApplicationRequested"));
    }

    [Fact]
    public async Task A_failed_activation_reaches_the_callers_and_the_next_call_tries_again()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ILifeGrain>("a");
        host.Sabotage.Active = true;

        await Assert.ThrowsAsync<PaymentRefusedException>(grain.Instance);
        await Assert.ThrowsAsync<PaymentRefusedException>(grain.Instance);

        host.Sabotage.Active = false;
        await grain.Instance();
    }

    [Fact]
    public async Task Stopping_the_host_finishes_requests_and_deactivates_every_grain()
    {
        await using var host = await GrainHosts.StartAsync();
        var holding = host.Grains.GetGrain<ILifeGrain>("a").Hold("hold");
        await host.Grains.GetGrain<ILifeGrain>("b").Instance();
        await Eventually.HoldsAsync(() => host.Gates.Arrived("hold") == 1, "the request runs");

        var restarting = host.RestartAsync();
        await Eventually.HoldsAsync(() => host.Journal.Count("deactivate b ShuttingDown") == 1, "the idle grain was deactivated");
        host.Gates.Open("hold");

        await holding;
        await restarting;
        Assert.Equal(1, host.Journal.Count("deactivate a ShuttingDown"));
    }
}
