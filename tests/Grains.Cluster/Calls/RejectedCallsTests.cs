using Orleans.Runtime;

namespace RestateCloud.Grains.Cluster.Tests.Calls;

/// <summary>Calls that a silo rejects because it stops.</summary>
public sealed class RejectedCallsTests(CallCluster cluster) : IClassFixture<CallCluster>
{
    [Fact]
    public async Task A_call_that_was_rejected_is_sent_again()
    {
        cluster.AtClient.Reject("called", 3);

        await cluster.Grain("called").Add();

        Assert.Equal(1, cluster.Tally["called"]);
    }

    [Fact]
    public async Task A_call_of_a_grain_that_was_rejected_is_sent_again()
    {
        cluster.AtSilos.Reject("called by another", 3);

        await cluster.Grain("another").AddAt("called by another");

        Assert.Equal(1, cluster.Tally["called by another"]);
    }

    [Fact]
    public async Task A_call_that_is_rejected_again_and_again_fails()
    {
        cluster.AtClient.Reject("never called", int.MaxValue);

        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => cluster.Grain("never called").Add());

        Assert.Equal(0, cluster.Tally["never called"]);
    }

    public static TheoryData<string, Exception> Uncertain => new()
    {
        { "silo died", new SiloUnavailableException() },
        { "no answer", new TimeoutException() },
        { "moved", Rejections.New("The activation's migration did not deliver the request. ") },
    };

    [Theory, MemberData(nameof(Uncertain))]
    public async Task A_call_that_may_have_been_made_is_not_sent_again(string key, Exception seen)
    {
        cluster.AtClient.LoseAnswers(key, seen);

        Assert.Same(seen, await Assert.ThrowsAnyAsync<Exception>(() => cluster.Grain(key).Add()));

        Assert.Equal(1, cluster.Tally[key]);
    }

    [Fact]
    public async Task A_grain_that_fails_of_a_rejected_call_is_not_called_again()
    {
        var failure = await Assert.ThrowsAnyAsync<OrleansException>(() => cluster.Grain("failing").AddAndFail());

        Assert.IsNotType<OrleansMessageRejectionException>(failure);
        Assert.Equal(1, cluster.Tally["failing"]);
    }
}
