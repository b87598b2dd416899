using System.Diagnostics;
using RestateCloud.Load.Clouds;
using RestateCloud.Load.Reports;

namespace RestateCloud.Load.Environments;

/// <summary>From the start of the cloud's process until every environment can be used again: after its crash, and after the machine's.</summary>
internal static class RestartBenchmark
{
    private const int Crashes = 3;

    public static async Task RunAsync(Cloud cloud, Doors doors, CancellationToken cancellationToken)
    {
        var rows = new List<string[]>();
        for (var crash = 1; crash <= Crashes; crash++)
        {
            await cloud.KillAsync();
            rows.Add(await MeasureAsync($"kill -9 of the cloud ({crash})", cloud, doors, cancellationToken));
        }

        await cloud.KillAsync();
        await cloud.KillServersAsync();
        rows.Add(await MeasureAsync("kill -9 of the cloud and all servers", cloud, doors, cancellationToken));

        Table.Write(
            "Restart with these environments, seconds from the start of the process",
            ["after", "the API answers", "ready", "own ports, median", "own ports, last", "host names, median", "host names, last"],
            rows);
    }

    private static async Task<string[]> MeasureAsync(string name, Cloud cloud, Doors doors, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var start = await cloud.StartAsync(cancellationToken);
        var (own, shared) = await doors.ReachAsync(clock, cancellationToken);
        var (ownTimes, sharedTimes) = (Samples.OfSeconds(own), Samples.OfSeconds(shared));
        return
        [
            name, $"{start.Listening.TotalSeconds:0.00}", $"{start.Ready.TotalSeconds:0.00}",
            $"{ownTimes.Median:0.00}", $"{ownTimes.Greatest:0.00}", $"{sharedTimes.Median:0.00}", $"{sharedTimes.Greatest:0.00}",
        ];
    }
}
