using RestateCloud.Load.Reports;

namespace RestateCloud.Load.Generators;

/// <summary>What came of a contest's rounds, in one heat or several.</summary>
/// <param name="yardstick">The contestant whose throughput the others' is divided by, round by round.</param>
internal sealed class Scores(string yardstick)
{
    // In the order in which the contestants first had a turn.
    private readonly OrderedDictionary<string, List<Round>> _rounds = [];

    public void Add(string contestant, Round round)
    {
        if (!_rounds.TryGetValue(contestant, out var rounds)) _rounds.Add(contestant, rounds = []);
        rounds.Add(round);
    }

    /// <summary>Reports medians over the rounds.</summary>
    /// <param name="title">Of the table.</param>
    public void Write(string title) => Table.Write(
        title,
        ["", "requests/s", "least and most", $"of {yardstick}", "p50, ms", "p99, ms", "CPU per request, µs"],
        _rounds.Select(contestant => Row(contestant.Key, contestant.Value, _rounds[yardstick])));

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
