using RestateCloud.Load.Clouds;

namespace RestateCloud.Load.Environments;

/// <summary>Everything about environments that needs no traffic: two clouds, one for creation times, one that fills up to fifty.</summary>
internal static class EnvironmentBenchmarks
{
    private const int SideBySide = 50;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartBenchmark.RunAsync(cancellationToken);
        await CreationBenchmark.RunAsync(cancellationToken);

        await using var cloud = new Cloud();
        await cloud.StartAsync(cancellationToken);
        using var api = new ControlApi(cloud.FirstRun);
        var environments = await MemoryBenchmark.RunAsync(cloud, new Tenant(api), SideBySide, cancellationToken);
        await RestartBenchmark.RunAsync(cloud, await Doors.OpenAsync(api, cloud.FirstRun.IngressBaseUrl, environments), cancellationToken);
    }
}
