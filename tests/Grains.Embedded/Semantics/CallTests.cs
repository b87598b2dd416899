using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Semantics;

public sealed class CallTests
{
    [Fact]
    public async Task Tasks_and_value_tasks_carry_their_results()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ICallGrain>("a");

        Assert.Equal("a", await grain.Key());
        Assert.Equal(14, await grain.Twice(7));
        await grain.Touch();
        Assert.Equal("b", await ((ICallGrain)host.Grains.GetGrain(typeof(ICallGrain), "b")).Key());
        Assert.Equal("a", grain.GetPrimaryKeyString());
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_with_its_type_and_the_grain_lives_on()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ICallGrain>("a");

        Assert.Equal("at once", (await Assert.ThrowsAsync<PaymentRefusedException>(grain.FailAtOnce)).Message);
        Assert.Equal("later", (await Assert.ThrowsAsync<PaymentRefusedException>(grain.FailLater)).Message);
        Assert.Equal("a", await grain.Key());
    }

    [Fact]
    public async Task Cancellation_answers_the_caller_and_reaches_the_grain()
    {
        await using var host = await GrainHosts.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var call = host.Grains.GetGrain<ICallGrain>("a").WaitForCancellation(cancellation.Token);
        await Eventually.HoldsAsync(() => host.Gates.Arrived("waiting a") == 1, "the grain waits");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.HoldsAsync(() => host.Journal.Count("cancelled a") == 1, "the grain was cancelled");
    }

    [Fact]
    public async Task A_call_cancelled_before_its_turn_never_runs()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ICallGrain>("a");
        using var cancellation = new CancellationTokenSource();
        var holding = grain.Hold("hold");
        await Eventually.HoldsAsync(() => host.Gates.Arrived("hold") == 1, "the grain is busy");
        var queued = grain.Queue(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.Queue(cancellation.Token));
        host.Gates.Open("hold");
        await holding;
        await grain.Key();
        Assert.Equal(0, host.Journal.Count("ran a"));
    }

    [Fact]
    public async Task A_one_way_call_returns_before_the_grain_has_run_and_hides_its_failure()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ICallGrain>("a");

        await grain.FailUnheard("gate");

        Assert.Equal(0, host.Journal.Count("one way ran"));
        host.Gates.Open("gate");
        await Eventually.HoldsAsync(() => host.Journal.Count("one way ran") == 1, "the one-way call ran");
        Assert.Equal("a", await grain.Key());
    }

    [Fact]
    public async Task Awaits_inside_a_grain_resume_in_the_grain()
    {
        await using var host = await GrainHosts.StartAsync();

        Assert.True(await host.Grains.GetGrain<ICallGrain>("a").AwaitsResumeInTheGrain());
    }

    [Fact]
    public async Task A_call_chain_back_to_a_busy_grain_times_out_and_frees_it()
    {
        await using var host = await GrainHosts.StartAsync(new() { ResponseTimeout = TimeSpan.FromSeconds(1) });
        var grain = host.Grains.GetGrain<ICallGrain>("a");

        await Assert.ThrowsAsync<TimeoutException>(() => grain.CallThrough("b"));

        Assert.Equal("a", await grain.Key());
        Assert.Equal("b", await host.Grains.GetGrain<ICallGrain>("b").Key());
    }

    [Fact]
    public async Task A_call_chain_back_through_an_interleaving_method_completes()
    {
        await using var host = await GrainHosts.StartAsync();

        Assert.Equal("a", await host.Grains.GetGrain<ICallGrain>("a").CallThroughInterleaving("b"));
    }

    [Fact]
    public async Task A_method_can_have_a_response_timeout_of_its_own()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ICallGrain>("a");

        await Assert.ThrowsAsync<TimeoutException>(() => grain.HoldWithOwnTimeout("hold"));

        host.Gates.Open("hold");
        Assert.Equal("a", await grain.Key());
    }

    [Fact]
    public async Task Async_locals_of_the_caller_do_not_leak_into_the_grain()
    {
        await using var host = await GrainHosts.StartAsync();
        CallGrain.AmbientValue.Value = "secret";

        Assert.Null(await host.Grains.GetGrain<ICallGrain>("a").Ambient());
    }

    [Fact]
    public async Task A_blank_key_and_an_interface_without_a_class_are_refused()
    {
        await using var host = await GrainHosts.StartAsync();

        Assert.ThrowsAny<ArgumentException>(() => host.Grains.GetGrain<ICallGrain>(" "));
        Assert.ThrowsAny<ArgumentException>(() => host.Grains.GetGrain<INobodysGrain>("a"));
    }

    public interface INobodysGrain : IGrainWithStringKey;
}
