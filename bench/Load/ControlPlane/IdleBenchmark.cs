using RestateCloud.Load.ControlPlane.Hosts;
using RestateCloud.Load.Grains;
using RestateCloud.Load.Machine;
using RestateCloud.Load.Reports;

namespace RestateCloud.Load.ControlPlane;

/// <summary>Memory of the process that holds the grains of environments in which nothing happens.</summary>
internal static class IdleBenchmark
{
    private const int Environments = 1000;
    private const double MiB = 1 << 20;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var cloud = new LoadCloud();
        var host = await cloud.StartAsync();
        await host.CreateEnvironmentsAsync(100);
        var before = await MeasureAsync(host, cancellationToken);
        await host.CreateEnvironmentsAsync(Environments);
        var after = await MeasureAsync(host, cancellationToken);
        Table.Write(
            $"{Environments:N0} idle environments more, without their servers, in MiB",
            ["", "live objects", "process (PSS)"],
            [[GrainHosting.Name, $"{(after.Heap - before.Heap) / MiB:0.0}", $"{(after.Process - before.Process) / MiB:0}"]]);
    }

    private static async Task<(long Heap, long Process)> MeasureAsync(HostProcess host, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
        var heap = await host.HeapAsync();
        return (heap, ProcessStatistics.ProportionalSetSize(host.ProcessId));
    }
}
