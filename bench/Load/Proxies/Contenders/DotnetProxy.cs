using RestateCloud.Load.Machine;
using RestateCloud.Load.Proxies.Hosts;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Proxies.Contenders;

/// <summary>One of the .NET proxies: this same program in another role, so that all of them run the same build and settings.</summary>
internal static class DotnetProxy
{
    /// <returns>The process, and the API key to ask with, empty where none is needed.</returns>
    public static async Task<(ChildProcess Process, string Key)> StartAsync(
        TemporaryFolder folder, string kind, Wire wire, int port, Upstream upstream, CancellationToken cancellationToken)
    {
        var process = ChildProcess.Start(
            "dotnet",
            [typeof(DotnetProxy).Assembly.Location, ProxyHost.Command, kind, $"{wire}", $"{port}", upstream.Socket(wire), folder.Path],
            Cores.Proxy);
        return (process, await process.ReadLineAsync(cancellationToken));
    }
}
