using System.Diagnostics;
using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests.Chaos;

/// <summary>A gateway as its clients know it, behind something that sends nobody to one that is down.</summary>
public sealed class Door(GatewayMember gateway)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly Lock _lock = new();
    private readonly List<(long From, long To)> _outages = [];
    private long? _downSince;

    public GatewayMember Gateway => gateway;

    public bool IsOpen
    {
        get { lock (_lock) return _downSince is null; }
    }

    /// <summary>Call it before the gateway is killed.</summary>
    public void Close()
    {
        lock (_lock) _downSince = Stopwatch.GetTimestamp();
    }

    /// <summary>Call it once the gateway is ready: it is sent clients as soon as it has answered for the environment of each tenant.</summary>
    public async Task OpenAsync(IEnumerable<Tenant> tenants)
    {
        foreach (var tenant in tenants)
        {
            using var ingress = tenant.Ingress(gateway);
            await Eventually.HoldsAsync(async () => await AnswersAsync(ingress), "the gateway serves", Limit);
        }

        lock (_lock)
        {
            if (_downSince is { } since) _outages.Add((since, Stopwatch.GetTimestamp()));
            _downSince = null;
        }
    }

    /// <summary>Whether the gateway was down at any time of these.</summary>
    public bool WasDown(long from, long to)
    {
        lock (_lock) return _downSince <= to || _outages.Any(outage => outage.From <= to && outage.To >= from);
    }

    private static async Task<bool> AnswersAsync(HttpClient ingress)
    {
        try
        {
            using var response = await ingress.GetAsync("restate/health");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
