using RestateCloud.Load.Machine;

namespace RestateCloud.Load.Generators;

/// <summary>One contender's turn.</summary>
/// <param name="Load">What the generator saw.</param>
/// <param name="CpuPerRequest">CPU time of the processes under test for each request, or null where there are none.</param>
internal sealed record Round(LoadResult Load, TimeSpan? CpuPerRequest)
{
    /// <param name="generator">Asks.</param>
    /// <param name="contestant">Who is asked.</param>
    /// <param name="duration">How long.</param>
    /// <param name="core">The generator's core, or null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Round> RunAsync(
        ILoadGenerator generator, Contestant contestant, TimeSpan duration, int? core, CancellationToken cancellationToken)
    {
        var target = await contestant.TargetAsync(cancellationToken);
        var before = ProcessStatistics.CpuTime(contestant.ProcessIds);
        var load = await generator.RunAsync(target, duration, core, cancellationToken);
        return new Round(load, (ProcessStatistics.CpuTime(contestant.ProcessIds) - before) / load.Requests);
    }
}
