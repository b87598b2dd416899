using RestateCloud.Load.Clouds;
using RestateCloud.Load.Reports;

namespace RestateCloud.Load.Environments;

/// <summary>How long an empty cloud takes from the start of its process until its API answers.</summary>
internal static class StartBenchmark
{
    private const int Starts = 5;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var cloud = new Cloud();
        var first = await cloud.StartAsync(cancellationToken);
        var later = new List<CloudStart>();
        while (later.Count < Starts)
        {
            await cloud.KillAsync();
            later.Add(await cloud.StartAsync(cancellationToken));
        }

        var listening = Samples.OfSeconds(later.Select(start => start.Listening));
        var ready = Samples.OfSeconds(later.Select(start => start.Ready));
        Table.Write(
            $"Start of the cloud without environments, {Starts} times after `kill -9` and once on a new data folder, seconds from the start of the process",
            ["until", "new folder", "median", "max"],
            [
                ["the API answers", $"{first.Listening.TotalSeconds:0.00}", $"{listening.Median:0.00}", $"{listening.Greatest:0.00}"],
                ["the first user can sign in", $"{first.Ready.TotalSeconds:0.00}", $"{ready.Median:0.00}", $"{ready.Greatest:0.00}"],
            ]);
    }
}
