using System.Diagnostics;
using RestateCloud.Load.Reports;

namespace RestateCloud.Load.ControlPlane;

/// <summary>From <c>kill -9</c> of one of three silos until the environments whose grains were there answer again.</summary>
internal static class FailoverBenchmark
{
    private const int Tenants = 48;
    private const int Kills = 3;

    // Who answers within it was not on the silo that was killed.
    private static readonly TimeSpan Unharmed = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var cluster = new LoadCluster(silos: 3);
        var gateway = await cluster.StartAsync();
        var tenants = await gateway.CreateTenantsAsync(Tenants);
        var rows = new List<string[]>();
        for (var kill = 1; kill <= Kills; kill++)
        {
            if (kill > 1) await cluster.AddSiloAsync();
            var clock = Stopwatch.StartNew();
            await cluster.KillSiloAsync();
            var times = await Task.WhenAll(tenants.Select(async tenant =>
            {
                using var client = new TenantClient(tenant);
                return await FirstAnswerAsync(client, clock, cancellationToken);
            }));
            var harmed = Samples.OfSeconds(times.Where(time => time > Unharmed).DefaultIfEmpty(TimeSpan.Zero));
            rows.Add([$"{kill}", $"{times.Count(time => time > Unharmed)}", $"{harmed.Least:0.0}", $"{harmed.Median:0.0}", $"{harmed.Greatest:0.0}"]);
        }

        Table.Write(
            $"From kill -9 of one of three silos to the first good answer, of {Tenants} environments, seconds",
            ["kill", "environments kept waiting", "first", "median", "last"],
            rows);
    }

    private static async Task<TimeSpan> FirstAnswerAsync(TenantClient client, Stopwatch clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Unharmed);
            try
            {
                await client.DescribeEnvironmentAsync(patience.Token);
                return clock.Elapsed;
            }
            catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException || !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
