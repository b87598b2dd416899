using System.Collections.Immutable;

namespace RestateCloud.Gateway.Tunnels.Connections;

/// <summary>A tunnel and the ways to its client.</summary>
internal sealed class Tunnel(string environmentId, string name, DateTimeOffset since)
{
    public string EnvironmentId => environmentId;

    public string Name => name;

    /// <summary>Since when this gateway holds connections of it.</summary>
    public DateTimeOffset Since => since;

    /// <summary>Replaced as a whole, by whoever holds the lock of all tunnels.</summary>
    public ImmutableArray<ITunnelConnection> Connections { get; set; } = [];

    /// <summary>Enters the connection with the fewest requests on it; null when there is none that takes any.</summary>
    public ITunnelConnection? Enter()
    {
        var connections = Connections;
        while (!connections.IsEmpty)
        {
            var best = connections[0];
            foreach (var connection in connections)
            {
                if (connection.InFlight < best.InFlight) best = connection;
            }

            if (best.TryEnter()) return best;
            connections = connections.Remove(best);
        }

        return null;
    }
}
