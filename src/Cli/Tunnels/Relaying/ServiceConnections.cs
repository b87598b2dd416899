using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using RestateCloud.Cli.Tunnels.Serving;

namespace RestateCloud.Cli.Tunnels.Relaying;

/// <summary>The services that calls are relayed to. One is connected once a call of it has gone the long way.</summary>
internal sealed class ServiceConnections(TimeProvider clock) : IAsyncDisposable
{
    // Of a path: scheme, host, port.
    private const int Segments = 3;
    private const int MaximumLength = 512;

    private readonly ConcurrentDictionary<string, RelayedService> _services = new();

    /// <summary>The service that a path names, <c>/http/{host}/{port}/…</c>; null when it is not connected.</summary>
    /// <param name="target">Path and query.</param>
    /// <param name="originLength">Where in it the service's own path begins.</param>
    public RelayedService? Find(ReadOnlySpan<byte> target, out int originLength)
    {
        originLength = OriginLength(target);
        if (originLength is 0 or > MaximumLength) return null;
        Span<char> origin = stackalloc char[originLength];
        return Ascii.ToUtf16(target[..originLength], origin, out _) == OperationStatus.Done
            && _services.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(origin, out var service)
                ? service
                : null;
    }

    /// <summary>Has calls of a service relayed from now on, if it can be connected.</summary>
    /// <param name="destination">A service that speaks HTTP/2 without TLS; its environment has called it.</param>
    public void Connect(ServiceDestination destination)
    {
        var uri = new Uri(destination.Origin);
        var key = $"/{uri.Scheme}/{uri.Host}/{uri.Port}";
        if (!_services.ContainsKey(key) && !HasRoom()) return;
        _services.GetOrAdd(key, static (_, made) => new RelayedService(made.uri, made.clock), (uri, clock)).EnsureConnected();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.Values) await service.DisposeAsync();
    }

    // Those that have gone make room for others.
    private bool HasRoom()
    {
        if (_services.Count < TunnelLimits.RelayedServices) return true;
        foreach (var (key, service) in _services)
        {
            if (!service.IsConnected) _services.TryRemove(key, out _);
        }

        return _services.Count < TunnelLimits.RelayedServices;
    }

    private static int OriginLength(ReadOnlySpan<byte> target)
    {
        var end = 0;
        for (var segment = 0; segment < Segments; segment++)
        {
            var next = target[(end + 1)..].IndexOf((byte)'/');
            if (next < 0) return 0;
            end += next + 1;
        }

        return end;
    }
}
