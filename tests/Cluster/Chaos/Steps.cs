using System.Globalization;
using System.Text.RegularExpressions;
using RestateCloud.Cluster.Tests.Clusters;

namespace RestateCloud.Cluster.Tests.Chaos;

/// <summary>
/// What silos did to environments and when, from what they logged with the times of the machine's clock. A step whose end was not logged, of
/// a silo that was killed, is taken to end with the last that its process logged.
/// </summary>
public static partial class Steps
{
    /// <summary>A step of an environment.</summary>
    /// <param name="Environment">The environment.</param>
    /// <param name="Process">Numbers the processes of all silos.</param>
    /// <param name="Begin">A timestamp.</param>
    /// <param name="End">A timestamp.</param>
    public sealed record Step(string Environment, int Process, long Begin, long End);

    public static IReadOnlyList<Step> Of(IEnumerable<SiloMember> silos) =>
        [.. silos.SelectMany(silo => silo.Outputs).SelectMany((output, process) => Of(output, process))];

    /// <summary>Pairs of steps of one environment that different processes took at the same time.</summary>
    public static IReadOnlyList<(Step, Step)> Overlaps(IEnumerable<Step> steps) =>
    [
        .. from environment in steps.GroupBy(step => step.Environment)
           let inOrder = environment.OrderBy(step => step.Begin).ToList()
           from pair in inOrder.Zip(inOrder.Skip(1))
           where pair.First.Process != pair.Second.Process && pair.Second.Begin < pair.First.End
           select pair,
    ];

    private static IEnumerable<Step> Of(string output, int process)
    {
        var begun = new Dictionary<string, long>();
        var last = 0L;
        foreach (Match match in Line().Matches(output))
        {
            var environment = match.Groups["environment"].Value;
            last = long.Parse(match.Groups["time"].Value, CultureInfo.InvariantCulture);
            if (match.Groups["what"].Value == "begins") begun[environment] = last;
            else if (begun.Remove(environment, out var begin)) yield return new Step(environment, process, begin, last);
        }

        foreach (var (environment, begin) in begun) yield return new Step(environment, process, begin, last);
    }

    [GeneratedRegex(@"(?<environment>env_\w+): step (?<what>begins|ends) at (?<time>\d+)")]
    private static partial Regex Line();
}
