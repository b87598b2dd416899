using RestateCloud.Load.Clouds;
using RestateCloud.Load.Reports;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Environments;

/// <summary>Create-to-ACTIVE: in a row, where those made before keep running, and at once.</summary>
internal static class CreationBenchmark
{
    private const int InARow = 20;
    private const int AtOnce = 10;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var cloud = new Cloud();
        await cloud.StartAsync(cancellationToken);
        using var api = new ControlApi(cloud.FirstRun);
        var tenant = new Tenant(api);

        var row = await tenant.CreateInARowAsync(InARow);
        await Task.WhenAll(row.Select(environment => api.DestroyEnvironmentAsync(environment.AccountId, environment.Id)));
        await Eventually.HoldsAsync(() => cloud.Servers.Count == 0, "every environment is gone", cancellationToken: cancellationToken);
        var atOnce = await tenant.CreateAtOnceAsync(AtOnce);

        Table.Write(
            "Create-to-ACTIVE, seconds",
            ["environments", "min", "median", "p95", "max"],
            [Row($"{InARow} in a row", row), Row($"{AtOnce} at once", atOnce)]);
    }

    private static string[] Row(string name, IReadOnlyList<LoadEnvironment> environments)
    {
        var times = Samples.OfSeconds(environments.Select(environment => environment.CreationTime));
        return [name, $"{times.Least:0.00}", $"{times.Median:0.00}", $"{times.Percentile(0.95):0.00}", $"{times.Greatest:0.00}"];
    }
}
