using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Idempotency;

namespace RestateCloud.Grains.Tests.Idempotency;

public sealed class IdempotencyLogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_repeated_call_gets_the_first_answer()
    {
        var log = new IdempotencyLog().Add("k", "create a", "acc_1", Noon);

        Assert.Equal("acc_1", log.Find("k", "create a", Noon.AddHours(23)));
        Assert.Null(log.Find("other", "create a", Noon));
        Assert.Null(log.Find(null, "create a", Noon));
    }

    [Fact]
    public void A_key_that_is_used_for_another_request_is_refused()
    {
        var log = new IdempotencyLog().Add("k", "create a", "acc_1", Noon);

        Assert.Equal(CloudError.Conflict, Assert.Throws<CloudException>(() => log.Find("k", "create b", Noon)).Error);
    }

    [Fact]
    public void A_key_is_free_again_after_a_day() =>
        Assert.Null(new IdempotencyLog().Add("k", "create a", "acc_1", Noon).Find("k", "create b", Noon.AddHours(24)));

    [Fact]
    public void The_log_does_not_grow_without_bound()
    {
        var log = Enumerable.Range(0, 1_000).Aggregate(new IdempotencyLog(), (l, i) => l.Add($"{i}", "r", "a", Noon));

        Assert.Equal(IdempotencyLog.Capacity, log.Calls.Length);
        Assert.NotNull(log.Find("999", "r", Noon));
    }
}
