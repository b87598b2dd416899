using System.Diagnostics;
using RestateCloud.Cluster.Tests.Clusters;

namespace RestateCloud.Cluster.Tests.Chaos;

/// <summary>A gateway as its clients know it, behind something that sends nobody to one that is down.</summary>
public sealed class Door(GatewayMember gateway)
{
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

    /// <summary>Call it once the gateway serves again.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _outages.Add((_downSince!.Value, Stopwatch.GetTimestamp()));
            _downSince = null;
        }
    }

    /// <summary>Whether the gateway was down at any time of these.</summary>
    public bool WasDown(long from, long to)
    {
        lock (_lock) return _downSince <= to || _outages.Any(outage => outage.From <= to && outage.To >= from);
    }
}
