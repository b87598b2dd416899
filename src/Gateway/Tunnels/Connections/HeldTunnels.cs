using System.Collections.Concurrent;

namespace RestateCloud.Gateway.Tunnels.Connections;

/// <summary>The tunnels whose clients are connected to this gateway.</summary>
internal sealed class HeldTunnels(TimeProvider clock)
{
    private readonly ConcurrentDictionary<TunnelKey, Tunnel> _tunnels = new();
    private readonly Lock _lock = new();

    /// <summary>All of them.</summary>
    public IEnumerable<Tunnel> All => _tunnels.Values;

    /// <summary>A tunnel, or null when no client of it is connected here.</summary>
    public Tunnel? Find(string environmentId, string name) => _tunnels.GetValueOrDefault(new TunnelKey(environmentId, name));

    /// <summary>The names of an environment's tunnels, in order.</summary>
    public IReadOnlyList<string> NamesOf(string environmentId) =>
        [.. _tunnels.Keys.Where(key => key.EnvironmentId == environmentId).Select(key => key.Name).Order(StringComparer.Ordinal)];

    /// <summary>Adds a connection.</summary>
    /// <returns>Null, or a sentence that says which limit is reached.</returns>
    public string? Add(string environmentId, string name, ITunnelConnection connection)
    {
        lock (_lock)
        {
            var tunnel = Find(environmentId, name);
            if (tunnel is null && NamesOf(environmentId).Count >= TunnelLimits.TunnelsPerEnvironment)
                return $"This environment has {TunnelLimits.TunnelsPerEnvironment} tunnels, which is the limit: end one of them.";
            if (tunnel?.Connections.Length >= TunnelLimits.ConnectionsPerTunnel)
                return $"The tunnel '{name}' has {TunnelLimits.ConnectionsPerTunnel} connections, which is the limit: end one of its clients.";

            tunnel ??= _tunnels[new TunnelKey(environmentId, name)] = new Tunnel(environmentId, name, clock.GetUtcNow());
            tunnel.Connections = tunnel.Connections.Add(connection);
            return null;
        }
    }

    /// <summary>Takes a connection away.</summary>
    /// <returns>Whether it was the last one of its tunnel.</returns>
    public bool Remove(string environmentId, string name, ITunnelConnection connection)
    {
        lock (_lock)
        {
            if (Find(environmentId, name) is not { } tunnel) return false;
            tunnel.Connections = tunnel.Connections.Remove(connection);
            return tunnel.Connections.IsEmpty && _tunnels.TryRemove(new TunnelKey(environmentId, name), out _);
        }
    }

    private readonly record struct TunnelKey(string EnvironmentId, string Name);
}
