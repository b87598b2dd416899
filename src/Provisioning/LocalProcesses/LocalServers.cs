using System.Diagnostics;
using RestateCloud.Provisioning.LocalProcesses.Environments;
using RestateCloud.Provisioning.LocalProcesses.Interop;
using RestateCloud.Provisioning.LocalProcesses.Servers;

namespace RestateCloud.Provisioning.LocalProcesses;

/// <summary>All servers of a data folder, for when its cloud does not run.</summary>
public static class LocalServers
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends them: SIGTERM, and SIGKILL for those that have not ended in time. Nothing of their data is touched.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="patience">How long a server may take to end.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many there were.</returns>
    public static async Task<int> StopAllAsync(string dataFolder, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(dataFolder)) return 0;
        var servers = ServerScan.Find(EnvironmentsFolder.Open(dataFolder));
        try
        {
            foreach (var server in servers) server.Handle.Signal(Libc.Terminate);
            var clock = Stopwatch.StartNew();
            while (!servers.All(server => server.Handle.HasExited))
            {
                await Task.Delay(LookAgain, cancellationToken);
                if (clock.Elapsed < patience) continue;
                foreach (var server in servers) server.Handle.Signal(Libc.Kill);
            }

            return servers.Count;
        }
        finally
        {
            foreach (var server in servers)
            {
                server.Handle.DescribeEnd();
                server.Dispose();
            }
        }
    }
}
