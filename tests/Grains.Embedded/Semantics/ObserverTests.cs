using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Semantics;

public sealed class ObserverTests
{
    [Fact]
    public async Task An_observer_hears_all_that_grains_tell_it()
    {
        await using var host = await GrainHosts.StartAsync();
        var reader = new Reader();
        var reference = host.Grains.CreateObjectReference<INewsReader>(reader);
        var grain = host.Grains.GetGrain<INewsGrain>("a");
        await grain.Subscribe(reference);
        await grain.Subscribe(reference); // Equal references count once.

        for (var i = 0; i < 20; i++) await grain.Publish($"news {i}");

        await Eventually.HoldsAsync(() => reader.News.Count == 20, "all news arrived");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"news {i}").Order(), reader.News.Order());
        GC.KeepAlive(reader);
    }

    [Fact]
    public async Task A_grain_can_await_an_observer_and_gets_its_result_or_exception()
    {
        await using var host = await GrainHosts.StartAsync();
        var reader = new Reader();
        var grain = host.Grains.GetGrain<INewsGrain>("a");
        await grain.Subscribe(host.Grains.CreateObjectReference<INewsReader>(reader));

        Assert.Equal("heard it", await grain.PublishAndConfirm("it"));
        await Assert.ThrowsAsync<PaymentRefusedException>(grain.PublishToFailing);
        GC.KeepAlive(reader);
    }

    [Fact]
    public async Task A_deleted_observer_hears_nothing_more()
    {
        await using var host = await GrainHosts.StartAsync();
        var (reader, other) = (new Reader(), new Reader());
        var reference = host.Grains.CreateObjectReference<INewsReader>(reader);
        var grain = host.Grains.GetGrain<INewsGrain>("a");
        await grain.Subscribe(reference);
        await grain.Subscribe(host.Grains.CreateObjectReference<INewsReader>(other));

        host.Grains.DeleteObjectReference<INewsReader>(reference);
        await grain.Publish("late");

        await Eventually.HoldsAsync(() => other.News.Count == 1, "the other observer heard it");
        Assert.Empty(reader.News);
        GC.KeepAlive(other);
    }

    [Fact]
    public async Task An_observer_that_nobody_holds_is_collected_and_its_grain_goes_on()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<INewsGrain>("a");
        var reader = Subscribe();

        await Eventually.HoldsAsync(
            async () =>
            {
                GC.Collect();
                await grain.Publish("is anybody there?");
                return !reader.IsAlive;
            },
            "the observer was collected");

        await grain.Publish("nobody is");

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference Subscribe()
        {
            var reader = new Reader();
            grain.Subscribe(host.Grains.CreateObjectReference<INewsReader>(reader)).GetAwaiter().GetResult();
            return new WeakReference(reader);
        }
    }

    private sealed class Reader : INewsReader
    {
        public ConcurrentQueue<string> News { get; } = new();

        public void Heard(string news) => News.Enqueue(news);

        public async Task<string> Confirm(string news)
        {
            await Task.Yield();
            return $"heard {news}";
        }

        public Task FailToHear() => throw new PaymentRefusedException("deaf");
    }
}
