using RestateCloud.Load.ControlPlane.Hosts;
using RestateCloud.Load.Reports;

namespace RestateCloud.Load.ControlPlane;

/// <summary>Operations of the control API a second, and how long each takes, from several tenants at once.</summary>
internal static partial class ControlPlaneBenchmark
{
    private const int Tenants = 16;
    private const int Rounds = 3;

    // Two cores take most of it until they have compiled what each of the processes runs.
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    private static readonly (string Name, Func<TenantClient, CancellationToken, Task> Operation)[] Operations =
    [
        ("DescribeEnvironment", (tenant, token) => tenant.DescribeEnvironmentAsync(token)),
        ("CreateApiKey and DeleteApiKey", (tenant, token) => tenant.CreateAndDeleteKeyAsync(token)),
        ("CreateEnvironment and DestroyEnvironment", (tenant, token) => tenant.CreateAndDestroyEnvironmentAsync(token)),
    ];

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var rows = new List<string[]>();
        foreach (var (name, cloud) in Clouds())
        {
            await using (cloud) rows.AddRange(await MeasureAsync(name, await cloud.StartAsync(), cancellationToken));
        }

        Table.Write(
            $"The control API, {Tenants} tenants at once, each with an operation at a time; medians of {Rounds} rounds of {Round.TotalSeconds:0} s",
            ["", "operation", "a second", "least and most", "p50, ms", "p99, ms"],
            rows);
    }

    private static async Task<List<string[]>> MeasureAsync(string name, HostProcess gateway, CancellationToken cancellationToken)
    {
        using var tenants = new TenantClients(await gateway.CreateTenantsAsync(Tenants));
        var rows = new List<string[]>();
        foreach (var (operation, call) in Operations)
        {
            await tenants.RunAsync(call, Warmup, cancellationToken);
            var rounds = new List<ClosedLoop>();
            while (rounds.Count < Rounds) rounds.Add(await tenants.RunAsync(call, Round, cancellationToken));
            var rates = new Samples(rounds.Select(round => round.PerSecond));
            rows.Add(
            [
                name, operation, $"{rates.Median:N0}", $"{rates.Least:N0}–{rates.Greatest:N0}",
                $"{new Samples(rounds.Select(round => round.Milliseconds.Median)).Median:0.0}",
                $"{new Samples(rounds.Select(round => round.Milliseconds.Percentile(0.99))).Median:0.0}",
            ]);
        }

        return rows;
    }
}
