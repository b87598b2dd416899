using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.Grains.Embedded.Tests.Semantics;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Hosting;

public sealed class HostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Gates _gates = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_request_too_many_for_one_grain_is_refused_and_the_others_are_served()
    {
        await using var host = await StartAsync(options => options.MaxQueuedRequests = 3);
        var grain = host.Grains.GetGrain<IStubbornGrain>("a");
        var holding = grain.Hold("hold");
        await Reached("hold");
        var waiting = Enumerable.Range(0, 3).Select(_ => grain.Echo("waited")).ToArray();

        await Assert.ThrowsAsync<LimitExceededException>(() => grain.Echo("too many"));

        _gates.Open("hold");
        await holding;
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal("waited", answer));
    }

    [Fact]
    public async Task Requests_of_a_grain_run_in_the_order_they_came()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<ICounterGrain>("a");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => grain.Add(1)));

        Assert.Equal(Enumerable.Range(1, 100), answers);
    }

    [Fact]
    public async Task Calls_before_the_start_and_after_the_stop_fail_at_once()
    {
        await using var provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton(_gates)
            .AddEmbeddedGrains(options =>
            {
                options.DatabasePath = _folder.File("unused.db");
                options.GrainAssemblies.Add(typeof(HostTests).Assembly);
            })
            .BuildServiceProvider();
        var early = provider.GetRequiredService<IGrainFactory>().GetGrain<IStubbornGrain>("a");
        await Assert.ThrowsAsync<InvalidOperationException>(() => early.Echo("early"));

        await using var host = await StartAsync();
        var late = host.Grains.GetGrain<IStubbornGrain>("a");
        await host.StopAsync();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => late.Echo("late"));
    }

    [Fact]
    public async Task Requests_taken_before_the_stop_are_carried_out_with_the_calls_they_make()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<IStubbornGrain>("a");
        var running = grain.CallDuringShutdown("hold", "b");
        var waiting = Enumerable.Range(0, 5).Select(i => grain.Echo($"{i}")).ToArray();
        await Reached("hold");

        var stopping = host.StopAsync();
        await Eventually.HoldsAsync(async () => await RefusesAsync(host), "the host takes no more calls");
        _gates.Open("hold");

        Assert.Equal("called while stopping", await running);
        Assert.Equal(["0", "1", "2", "3", "4"], await Task.WhenAll(waiting));
        await stopping;
    }

    [Fact]
    public async Task A_grain_that_does_not_finish_delays_the_stop_no_longer_than_its_timeout()
    {
        await using var host = await StartAsync(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(300));
        var holding = host.Grains.GetGrain<IStubbornGrain>("a").Hold("never opened");
        await host.Grains.GetGrain<IStubbornGrain>("stays").Echo("activated");
        await Reached("never opened");

        var clock = Stopwatch.StartNew();
        await host.StopAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => holding);
    }

    [Fact]
    public async Task Stopping_cancels_a_timer_tick_that_runs()
    {
        var journal = new Journal();
        await using var host = await EmbeddedHost.StartAsync(
            _folder.File("grains.db"), add: services => services.AddSingleton(_gates).AddSingleton(journal));
        await host.Grains.GetGrain<ITimerGrain>("a").StartHolding("tick");
        await Reached("tick");

        await host.StopAsync();

        Assert.Equal(["ended tick", "deactivate a"], journal.Entries);
    }

    [Fact]
    public async Task An_activation_that_hangs_fails_and_can_be_tried_again()
    {
        await using var host = await StartAsync(options => options.ActivationTimeout = TimeSpan.FromMilliseconds(100));
        var grain = host.Grains.GetGrain<IStubbornGrain>("never");

        await Assert.ThrowsAsync<TimeoutException>(() => grain.Echo("first"));
        await Assert.ThrowsAsync<TimeoutException>(() => grain.Echo("second"));
    }

    [Fact]
    public async Task A_type_that_orleans_could_not_send_is_refused_with_its_name()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<IStubbornGrain>("a");

        Assert.Contains("System.IO.Stream", (await Assert.ThrowsAsync<NotSupportedException>(() => grain.TakeStream(Stream.Null))).Message);
        Assert.Contains("System.IO.Stream", (await Assert.ThrowsAsync<NotSupportedException>(grain.GiveStream)).Message);
        await Assert.ThrowsAsync<NotSupportedException>(() => grain.Take(new Version[] { new(1, 0) }.Where(_ => true)));
        await Assert.ThrowsAsync<NotSupportedException>(() => grain.Take(new StubbornGrainImpostor()));
        await grain.Take(new[] { 1, 2 });

        IReadOnlyList<int> expression = [1, 2];
        Assert.Contains("collection expression", (await Assert.ThrowsAsync<NotSupportedException>(() => grain.Take(expression))).Message);
    }

    [Fact]
    public async Task A_value_that_contains_itself_is_refused()
    {
        await using var host = await StartAsync();
        var endless = new Box();
        endless.Inner = endless;

        await Assert.ThrowsAsync<NotSupportedException>(() => host.Grains.GetGrain<IParcelGrain>("a").KeepBox(endless));
    }

    [Fact]
    public void A_grain_made_with_new_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new StubbornGrain(_gates));

    [Fact]
    public async Task Settings_without_a_database_are_refused()
    {
        await Assert.ThrowsAsync<OptionsValidationException>(() => EmbeddedHost.StartAsync(""));
    }

    private Task<EmbeddedHost> StartAsync(Action<EmbeddedGrainsOptions>? configure = null) =>
        EmbeddedHost.StartAsync(_folder.File("grains.db"), configure, services => services.AddSingleton(_gates).AddSingleton<Journal>());

    private Task Reached(string gate) => Eventually.HoldsAsync(() => _gates.Arrived(gate) > 0, $"a request reached {gate}");

    private static async Task<bool> RefusesAsync(EmbeddedHost host)
    {
        try
        {
            await host.Grains.GetGrain<IStubbornGrain>("probe").Echo("probe");
            return false;
        }
        catch (SiloUnavailableException)
        {
            return true;
        }
    }

    private sealed class StubbornGrainImpostor;
}
