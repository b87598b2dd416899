using System.Text.RegularExpressions;
using RestateCloud.Load.Machine;
using RestateCloud.Load.Proxies.Hosts;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Proxies.Contenders;

/// <summary>One of the .NET proxies: this same program in another role, so that all of them run the same build and settings.</summary>
internal static partial class DotnetProxy
{
    // As nginx and HAProxy have one process with one thread. On one core the pool's size otherwise wanders between one and ten by chance, and
    // throughput with it by a third.
    private const string OneThread = "DOTNET_ThreadPool_ForceMaxWorkerThreads=1";

    /// <returns>The process, and the API key to ask with, empty where none is needed.</returns>
    public static async Task<(ChildProcess Process, string Key)> StartAsync(
        TemporaryFolder folder, string kind, Wire wire, int port, Upstream upstream)
    {
        var process = Pinned.Start(
            Cores.Proxy, "env", OneThread, "dotnet", typeof(DotnetProxy).Assembly.Location, ProxyHost.Command, kind, $"{wire}", $"{port}", upstream.Socket(wire), folder.Path);
        var line = await process.OutputMatchesAsync(Ready(), TimeSpan.FromSeconds(30));
        return (process, line.Groups["key"].Value);
    }

    [GeneratedRegex(@"^Ready (?<key>\S*)\n")]
    private static partial Regex Ready();
}
