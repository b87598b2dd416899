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

    private readonly ConcurrentDictionary<string, RelayedService> _http1Services = new();
    private readonly ConcurrentDictionary<string, RelayedService> _http2Services = new();

    /// <summary>The service that a path names, <c>/http/{host}/{port}/…</c>; null when it is not connected.</summary>
    /// <param name="target">Path and query.</param>
    /// <param name="isHttp1">Whether it is called in HTTP/1.1.</param>
    /// <param name="originLength">Where in it the service's own path begins.</param>
    public RelayedService? Find(ReadOnlySpan<byte> target, bool isHttp1, out int originLength)
    {
        originLength = OriginLength(target);
        if (originLength is 0 or > MaximumLength) return null;
        Span<char> origin = stackalloc char[originLength];
        return Ascii.ToUtf16(target[..originLength], origin, out _) == OperationStatus.Done
            && In(isHttp1).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(origin, out var service)
                ? service
                : null;
    }

    /// <summary>Has calls of a service relayed from now on, if it can be connected.</summary>
    /// <param name="destination">A service without TLS; its environment has called it.</param>
    /// <param name="isHttp1">Whether it is called in HTTP/1.1.</param>
    public void Connect(ServiceDestination destination, bool isHttp1)
    {
        var uri = new Uri(destination.Origin);
        var key = $"/{uri.Scheme}/{uri.Host}/{uri.Port}";
        var services = In(isHttp1);
        if (!services.TryGetValue(key, out var service))
        {
            if (!HasRoom(services)) return;
            RelayedService made = isHttp1 ? new RelayedHttp1Service(uri, clock) : new RelayedHttp2Service(uri, clock);
            service = services.GetOrAdd(key, made);
            // Somebody was faster.
            if (service != made) Discard(made);
        }

        service.EnsureConnected();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _http1Services.Values.Concat(_http2Services.Values)) await service.DisposeAsync();
    }

    private ConcurrentDictionary<string, RelayedService> In(bool isHttp1) => isHttp1 ? _http1Services : _http2Services;

    // Those that have gone make room for others.
    private static bool HasRoom(ConcurrentDictionary<string, RelayedService> services)
    {
        if (services.Count < TunnelLimits.RelayedServices) return true;
        foreach (var (key, service) in services)
        {
            if (!service.IsConnected && services.TryRemove(key, out _)) Discard(service);
        }

        return services.Count < TunnelLimits.RelayedServices;
    }

    private static void Discard(RelayedService service) => _ = service.DisposeAsync().AsTask();

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
