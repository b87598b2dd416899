using RestateCloud.Load.Proxies;

namespace RestateCloud.Load;

/// <summary>The benchmarks of this build alone.</summary>
internal static class BuildBenchmarks
{
    /// <remarks>The gateway is the same in either build: it is compared with other proxies in this one.</remarks>
    public static void AddTo(Dictionary<string, Func<CancellationToken, Task>> benchmarks) => benchmarks["proxies"] = ProxyBenchmark.RunAsync;
}
