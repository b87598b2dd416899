namespace RestateCloud.Grains.Cluster.Tests.Calls;

/// <summary>A silo that stops in order while it is called.</summary>
public sealed class StoppingSiloTests(CallCluster cluster) : IClassFixture<CallCluster>
{
    private const int Callers = 8;
    private const int Grains = 100;

    [Fact]
    public async Task Every_call_is_answered_and_made_once_while_a_silo_stops()
    {
        using var end = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(caller, end.Token))).ToArray();

        try
        {
            await cluster.StopAsync(cluster.Silos[0]);
        }
        finally
        {
            await end.CancelAsync();
        }

        Assert.Equal((await Task.WhenAll(callers)).Sum(), cluster.Tally.Total);
    }

    // In turn from outside and from one grain to another.
    private async Task<int> CallAsync(int caller, CancellationToken end)
    {
        var calls = 0;
        for (; !end.IsCancellationRequested; calls++)
        {
            var grain = $"{(caller + calls) % Grains}";
            await (calls % 2 == 0 ? cluster.Grain(grain).Add() : cluster.Grain($"from {caller}").AddAt(grain));
            await Task.Delay(1, CancellationToken.None);
        }

        return calls;
    }
}
