using RestateCloud.Load.ControlPlane;

namespace RestateCloud.Load;

/// <summary>The benchmarks of this build alone.</summary>
internal static class BuildBenchmarks
{
    /// <remarks>What only a cluster can show.</remarks>
    public static void AddTo(Dictionary<string, Func<CancellationToken, Task>> benchmarks) => benchmarks["failover"] = FailoverBenchmark.RunAsync;
}
