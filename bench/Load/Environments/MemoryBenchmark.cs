using RestateCloud.Load.Clouds;
using RestateCloud.Load.Machine;
using RestateCloud.Load.Reports;

namespace RestateCloud.Load.Environments;

/// <summary>Memory and idle CPU of environments that nobody uses, side by side.</summary>
internal static class MemoryBenchmark
{
    private const double MiB = 1 << 20;

    // Left to the operating system when it is counted how many environments fit.
    private const long Reserve = 1L << 30;

    // After a creation, so that what a start needs for itself is given back; then as long again for the CPU.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<LoadEnvironment>> RunAsync(Cloud cloud, Tenant tenant, int most, CancellationToken cancellationToken)
    {
        var environments = new List<LoadEnvironment>();
        var rows = new List<string[]>();
        foreach (var count in (int[])[1, 10, most])
        {
            while (environments.Count < count) environments.AddRange(await tenant.CreateAtOnceAsync(Math.Min(10, count - environments.Count)));
            rows.Add(await MeasureAsync(cloud, cancellationToken));
        }

        Table.Write(
            "Environments of tier FREE side by side, idle: proportional set size (PSS) in MiB, CPU in percent of one core",
            ["environments", "one, median", "one, max", "all", "the cloud's process", "fit this machine", "CPU of one", "CPU of the cloud's process"],
            rows);
        return environments;
    }

    private static async Task<string[]> MeasureAsync(Cloud cloud, CancellationToken cancellationToken)
    {
        await Task.Delay(Settling, cancellationToken);
        var servers = cloud.Servers;
        var (serversBefore, cloudBefore) = CpuTimes(cloud, servers);
        await Task.Delay(Settling, cancellationToken);
        var (serversAfter, cloudAfter) = CpuTimes(cloud, servers);

        var each = new Samples(servers.Select(id => ProcessStatistics.ProportionalSetSize(id) / MiB));
        var all = servers.Sum(ProcessStatistics.ProportionalSetSize);
        var own = ProcessStatistics.ProportionalSetSize(cloud.ProcessId);
        var fit = (ProcessStatistics.MachineMemory() - own - Reserve) / (all / servers.Count);
        return
        [
            $"{servers.Count}", $"{each.Median:0.0}", $"{each.Greatest:0.0}", $"{all / MiB:0}", $"{own / MiB:0}", $"{fit}",
            $"{(serversAfter - serversBefore) / servers.Count / Settling:P1}", $"{(cloudAfter - cloudBefore) / Settling:P1}",
        ];
    }

    private static (TimeSpan Servers, TimeSpan Cloud) CpuTimes(Cloud cloud, IReadOnlyList<int> servers) =>
        (servers.Aggregate(TimeSpan.Zero, (sum, id) => sum + ProcessStatistics.CpuTime(id)), ProcessStatistics.CpuTime(cloud.ProcessId));
}
