using RestateCloud.Load.Machine;

namespace RestateCloud.Load.Generators;

/// <summary>One contender's turn.</summary>
/// <param name="Load">What the generator saw.</param>
/// <param name="CpuPerRequest">CPU time of the process under test for each request, or null where there is none.</param>
internal sealed record Round(LoadResult Load, TimeSpan? CpuPerRequest)
{
    /// <param name="generator">Asks.</param>
    /// <param name="target">What is asked.</param>
    /// <param name="processId">The process whose CPU time counts, or null.</param>
    /// <param name="duration">How long.</param>
    /// <param name="core">The generator's core, or null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Round> RunAsync(
        ILoadGenerator generator, LoadTarget target, int? processId, TimeSpan duration, int? core, CancellationToken cancellationToken)
    {
        var before = CpuTime(processId);
        var load = await generator.RunAsync(target, duration, core, cancellationToken);
        return new Round(load, (CpuTime(processId) - before) / load.Requests);
    }

    private static TimeSpan? CpuTime(int? processId) => processId is { } id ? ProcessStatistics.CpuTime(id) : null;
}
