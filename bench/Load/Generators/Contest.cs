using RestateCloud.Load.Reports;

namespace RestateCloud.Load.Generators;

/// <summary>
/// Interleaved rounds: everybody has one turn in each, and each round begins with another, so that whatever else the machine does or becomes
/// meets all alike.
/// </summary>
/// <param name="Generator">Asks.</param>
/// <param name="Core">The generator's core, or null for all.</param>
/// <param name="WarmUp">
/// How long each contestant is asked before the first round: .NET compiles what is used often a second time, and on one core under full load
/// that takes it a quarter of a minute.
/// </param>
/// <param name="Rounds">How many.</param>
/// <param name="Turn">How long each turn is.</param>
internal sealed record Contest(ILoadGenerator Generator, int? Core, TimeSpan WarmUp, int Rounds, TimeSpan Turn)
{
    /// <summary>Runs it and reports medians over the rounds.</summary>
    /// <param name="title">Of the table.</param>
    /// <param name="contestants">Who takes part.</param>
    /// <param name="yardstick">The contestant whose throughput the others' is divided by, round by round.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(string title, IReadOnlyList<Contestant> contestants, string yardstick, CancellationToken cancellationToken)
    {
        foreach (var contestant in contestants) await Generator.RunAsync(contestant.Target, WarmUp, Core, cancellationToken);

        var turns = contestants.ToDictionary(contestant => contestant.Name, _ => new List<Round>());
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < contestants.Count; i++)
            {
                var contestant = contestants[(i + round) % contestants.Count];
                turns[contestant.Name].Add(await Round.RunAsync(Generator, contestant.Target, contestant.ProcessId, Turn, Core, cancellationToken));
            }
        }

        Table.Write(
            title,
            ["", "requests/s", "least and most", $"of {yardstick}", "p50, ms", "p99, ms", "CPU per request, µs"],
            contestants.Select(contestant => Row(contestant.Name, turns[contestant.Name], turns[yardstick])));
    }

    private static string[] Row(string name, IReadOnlyList<Round> rounds, IReadOnlyList<Round> yardstick)
    {
        var throughput = new Samples(rounds.Select(round => round.Load.RequestsPerSecond));
        var share = new Samples(rounds.Zip(yardstick, (own, other) => own.Load.RequestsPerSecond / other.Load.RequestsPerSecond));
        return
        [
            name,
            $"{throughput.Median:N0}",
            $"{throughput.Least:N0}–{throughput.Greatest:N0}",
            $"{share.Median:0.00}",
            $"{Median(round => round.Load.MedianLatency.TotalMilliseconds):0.00}",
            $"{Median(round => round.Load.TailLatency.TotalMilliseconds):0.00}",
            rounds[0].CpuPerRequest is null ? "–" : $"{Median(round => round.CpuPerRequest!.Value.TotalMicroseconds):0.0}",
        ];

        double Median(Func<Round, double> value) => new Samples(rounds.Select(value)).Median;
    }
}
