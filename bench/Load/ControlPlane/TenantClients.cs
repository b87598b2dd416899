using System.Collections.Concurrent;
using System.Diagnostics;
using RestateCloud.Load.ControlPlane.Hosts;
using RestateCloud.Load.Reports;

namespace RestateCloud.Load.ControlPlane;

/// <summary>Several tenants, each of whom asks again as soon as the last answer is there.</summary>
internal sealed class TenantClients(IEnumerable<LoadTenant> tenants) : IDisposable
{
    private readonly List<TenantClient> _clients = [.. tenants.Select(tenant => new TenantClient(tenant))];

    public async Task<ClosedLoop> RunAsync(Func<TenantClient, CancellationToken, Task> operation, TimeSpan time, CancellationToken cancellationToken)
    {
        var times = new ConcurrentBag<double>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(_clients.Select(async client =>
        {
            while (clock.Elapsed < time)
            {
                var started = clock.Elapsed;
                await operation(client, cancellationToken);
                times.Add((clock.Elapsed - started).TotalMilliseconds);
            }
        }));
        return new ClosedLoop(times.Count / clock.Elapsed.TotalSeconds, new Samples(times));
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());
}

/// <summary>What a round came to.</summary>
internal sealed record ClosedLoop(double PerSecond, Samples Milliseconds);
