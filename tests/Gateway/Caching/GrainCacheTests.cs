using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Tests.Hosting;

namespace RestateCloud.Gateway.Tests.Caching;

public sealed class GrainCacheTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly GrainCache<string> _cache;
    private Func<string, Task<string?>> _grain = _ => Task.FromResult<string?>("one");
    private int _calls;

    public GrainCacheTests() => _cache = new(LoadAsync, new(Capacity: 100, Freshness: TimeSpan.FromSeconds(30)), _clock);

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task A_fresh_answer_is_given_at_once_without_a_grain_call()
    {
        await _cache.GetAsync("a");

        var again = _cache.GetAsync("a");

        Assert.True(again.IsCompletedSuccessfully);
        Assert.Equal(("one", 1), (await again, _calls));
    }

    [Fact]
    public async Task All_who_ask_while_it_is_loaded_share_one_call()
    {
        var answer = new TaskCompletionSource<string?>();
        _grain = _ => answer.Task;
        var waiting = Enumerable.Range(0, 50).Select(_ => _cache.GetAsync("a").AsTask()).ToList();

        answer.SetResult("one");

        Assert.All(await Task.WhenAll(waiting), value => Assert.Equal("one", value));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task After_its_time_an_answer_is_asked_for_again()
    {
        await _cache.GetAsync("a");
        _grain = _ => Task.FromResult<string?>("two");
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("two", await _cache.GetAsync("a"));
    }

    [Fact]
    public async Task An_answer_in_use_is_renewed_at_half_its_time_and_nobody_waits_for_it()
    {
        await _cache.GetAsync("a");
        var renewal = new TaskCompletionSource<string?>();
        _grain = _ => renewal.Task;
        _clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal("one", await _cache.GetAsync("a"));
        Assert.Equal("one", await _cache.GetAsync("a"));
        renewal.SetResult("two");

        await TestSupport.Eventually.HoldsAsync(async () => await _cache.GetAsync("a") == "two", "the renewed answer is given");
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task A_renewal_that_fails_is_tried_again_and_the_last_answer_is_good_meanwhile()
    {
        await _cache.GetAsync("a");
        _grain = _ => Task.FromException<string?>(new TimeoutException());
        _clock.Advance(TimeSpan.FromSeconds(15));
        await _cache.GetAsync("a");
        await TestSupport.Eventually.HoldsAsync(() => _calls == 2, "the renewal has been tried");
        _grain = _ => Task.FromResult<string?>("two");

        await TestSupport.Eventually.HoldsAsync(
            async () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return await _cache.GetAsync("a") == "two";
            },
            "the next renewal succeeds");
    }

    [Fact]
    public async Task An_invalidated_answer_is_asked_for_again_at_once()
    {
        await _cache.GetAsync("a");
        _grain = _ => Task.FromResult<string?>("two");

        _cache.Invalidate("a");

        Assert.Equal("two", await _cache.GetAsync("a"));
    }

    [Fact]
    public async Task An_answer_that_was_on_its_way_when_something_changed_is_not_kept()
    {
        var early = new TaskCompletionSource<string?>();
        _grain = _ => early.Task;
        var first = _cache.GetAsync("a").AsTask();
        await TestSupport.Eventually.HoldsAsync(() => _calls == 1, "the first load has begun");
        _grain = _ => Task.FromResult<string?>("after");

        _cache.Invalidate("a");
        early.SetResult("before");
        await first;

        Assert.Equal("after", await _cache.GetAsync("a"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_doubted_answer_is_asked_for_again_before_it_is_used(bool all)
    {
        await _cache.GetAsync("a");
        _grain = _ => Task.FromResult<string?>("two");

        Doubt(all);

        Assert.Equal("two", await _cache.GetAsync("a"));
        Assert.True(_cache.GetAsync("a").IsCompletedSuccessfully, "the new answer is fresh");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_doubted_answer_is_good_while_the_grain_does_not_answer(bool all)
    {
        await _cache.GetAsync("a");
        _grain = _ => Task.FromException<string?>(new TimeoutException());

        Doubt(all);

        Assert.Equal("one", await _cache.GetAsync("a"));
        Assert.True(_cache.GetAsync("a").IsCompletedSuccessfully, "the next ones do not wait for a grain that has just failed");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_was_on_its_way_when_it_was_doubted_is_asked_for_again(bool all)
    {
        var early = new TaskCompletionSource<string?>();
        _grain = _ => early.Task;
        var first = _cache.GetAsync("a").AsTask();
        await TestSupport.Eventually.HoldsAsync(() => _calls == 1, "the first load has begun");
        _grain = _ => Task.FromResult<string?>("after");

        Doubt(all);
        var second = await _cache.GetAsync("a");
        early.SetResult("before");
        await first;

        Assert.Equal(("after", "after"), (second, await _cache.GetAsync("a")));
    }

    [Fact]
    public async Task While_the_grain_does_not_answer_the_last_answer_is_good()
    {
        await _cache.GetAsync("a");
        _grain = _ => Task.FromException<string?>(new TimeoutException());
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("one", await _cache.GetAsync("a"));
        Assert.True(_cache.GetAsync("a").IsCompletedSuccessfully, "the next ones do not wait for a grain that has just failed");
    }

    [Fact]
    public async Task A_grain_that_hangs_is_given_up_after_two_seconds()
    {
        await _cache.GetAsync("a");
        _grain = _ => new TaskCompletionSource<string?>().Task;
        _clock.Advance(TimeSpan.FromSeconds(30));
        var waiting = _cache.GetAsync("a").AsTask();
        await TestSupport.Eventually.HoldsAsync(() => _calls == 2, "the load has begun");

        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("one", await waiting);
    }

    [Fact]
    public async Task The_last_answer_is_not_good_for_ever()
    {
        await _cache.GetAsync("a");
        _grain = _ => Task.FromException<string?>(new TimeoutException());
        _clock.Advance(TimeSpan.FromHours(24.1));

        await Assert.ThrowsAsync<GrainUnavailableException>(async () => await _cache.GetAsync("a"));
    }

    [Fact]
    public async Task A_grain_that_has_never_answered_is_unavailable_and_asked_again()
    {
        _grain = _ => Task.FromException<string?>(new TimeoutException());
        await Assert.ThrowsAsync<GrainUnavailableException>(async () => await _cache.GetAsync("a"));
        _grain = _ => Task.FromResult<string?>("one");

        Assert.Equal("one", await _cache.GetAsync("a"));
    }

    [Fact]
    public async Task A_grain_that_has_never_answered_is_waited_for_where_there_is_patience()
    {
        var options = new GrainCacheOptions(Capacity: 100, Freshness: TimeSpan.FromSeconds(30)) { Patience = TimeSpan.FromSeconds(30), PatientLoads = 1 };
        using var cache = new GrainCache<string>(LoadAsync, options, _clock);
        _grain = _ => Task.FromException<string?>(new TimeoutException());
        var waiting = cache.GetAsync("a").AsTask();
        await TestSupport.Eventually.HoldsAsync(() => _clock.IsAwaitedIn(options.RetryDelay), "it was asked in vain and is waited for");
        await Assert.ThrowsAsync<GrainUnavailableException>(async () => await cache.GetAsync("one more than there are places"));
        _grain = _ => Task.FromResult<string?>("one");

        await AdvanceUntilAsync(waiting);

        Assert.Equal("one", await waiting);
    }

    [Fact]
    public async Task Patience_has_an_end()
    {
        using var cache = new GrainCache<string>(
            LoadAsync, new(Capacity: 100, Freshness: TimeSpan.FromSeconds(30)) { Patience = TimeSpan.FromSeconds(30) }, _clock);
        _grain = _ => Task.FromException<string?>(new TimeoutException());
        var waiting = cache.GetAsync("a").AsTask();

        await AdvanceUntilAsync(waiting);

        await Assert.ThrowsAsync<GrainUnavailableException>(() => waiting);
        Assert.InRange(_calls, 2, 32);
    }

    [Fact]
    public async Task That_there_is_none_is_believed_for_a_short_time()
    {
        _grain = _ => Task.FromResult<string?>(null);
        await _cache.GetAsync("a");
        Assert.False(_cache.Knows("a"));
        _grain = _ => Task.FromResult<string?>("one");

        Assert.Null(await _cache.GetAsync("a"));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("one", await _cache.GetAsync("a"));
    }

    [Fact]
    public async Task It_does_not_grow_beyond_its_capacity()
    {
        for (var i = 0; i < 1000; i++) await _cache.GetAsync($"id{i}");

        Assert.InRange(Enumerable.Range(0, 1000).Count(i => _cache.Knows($"id{i}")), 0, 100);
    }

    private Task AdvanceUntilAsync(Task done) => TestSupport.Eventually.HoldsAsync(
        () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return done.IsCompleted;
        },
        "it has ended");

    private void Doubt(bool all)
    {
        if (all) _cache.DoubtAll();
        else _cache.Doubt("a");
    }

    private Task<string?> LoadAsync(string id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return _grain(id);
    }
}
