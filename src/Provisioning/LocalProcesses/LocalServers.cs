using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.LocalProcesses.Environments;
using RestateCloud.Provisioning.LocalProcesses.Interop;
using RestateCloud.Provisioning.LocalProcesses.Servers;

namespace RestateCloud.Provisioning.LocalProcesses;

/// <summary>All servers of a data folder, for when its cloud does not run.</summary>
public static class LocalServers
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    // A process that a silo was just about to start holds the silo's locks until it has become another program.
    private static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(2);

    /// <summary>Ends them: SIGTERM, and SIGKILL for those that have not ended in time. Nothing of their data is touched.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="patience">How long a server may take to end.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="ProvisioningException">Silos that run look after some of them; nothing was ended.</exception>
    public static async Task<int> StopAllAsync(string dataFolder, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(dataFolder)) return 0;
        var environments = EnvironmentsFolder.Open(dataFolder);
        var servers = ServerScan.Find(environments);
        var held = new List<SafeFileHandle>();
        try
        {
            // Its silo would take the end of a server for a crash, and start another one.
            foreach (var id in servers.Select(server => server.Mark.EnvironmentId).Distinct()) held.Add(await HoldAsync(new EnvironmentFolder(environments, id), cancellationToken));
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

            foreach (var file in held) file.Dispose();
        }
    }

    private static async Task<SafeFileHandle> HoldAsync(EnvironmentFolder folder, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (SupervisionLock.TryTake(folder) is { } file) return file;
            if (clock.Elapsed > HoldTime) throw new ProvisioningException($"A silo looks after {folder.EnvironmentId}; stop the silos of this folder first.");
            await Task.Delay(LookAgain, cancellationToken);
        }
    }
}
