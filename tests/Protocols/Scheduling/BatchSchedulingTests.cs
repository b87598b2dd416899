using RestateCloud.Protocols.Scheduling;
using RestateCloud.TestSupport;

namespace RestateCloud.Protocols.Tests.Scheduling;

public sealed class BatchSchedulingTests
{
    [Fact]
    public void It_is_for_the_thread_that_asks_and_those_that_it_starts()
    {
        var (before, after, started) = (-1, -1, -1);
        Run(() =>
        {
            before = SchedulingPolicy.OfThisThread();
            BatchScheduling.Begin();
            after = SchedulingPolicy.OfThisThread();
            Run(() => started = SchedulingPolicy.OfThisThread());
        });

        Assert.Equal((SchedulingPolicy.Other, SchedulingPolicy.Batch, SchedulingPolicy.Batch), (before, after, started));
        Assert.Equal(SchedulingPolicy.Other, SchedulingPolicy.OfThisThread());
    }

    private static void Run(ThreadStart start)
    {
        var thread = new Thread(start);
        thread.Start();
        thread.Join();
    }
}
