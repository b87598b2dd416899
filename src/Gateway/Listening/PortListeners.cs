using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.Listening;

/// <summary>
/// The sockets that the gateway listens on: one for every <see cref="PortRole"/> from start to stop, and two for every environment that
/// asks for ports of its own, which come and go.
/// </summary>
internal sealed class PortListeners : ILoopbackListeners, IAsyncDisposable
{
    private readonly GatewayOptions _options;
    private readonly GatewayPorts _ports;
    private readonly ConnectionSorter _sorter;
    private readonly SocketConnectionContextFactory _connections;
    private readonly List<PortListener> _shared = [];
    private readonly Dictionary<string, EnvironmentListeners> _own = [];
    private readonly Lock _lock = new();
    private bool _stopped;

    public PortListeners(IOptions<GatewayOptions> options, GatewayPorts ports, ConnectionSorter sorter, ILoggerFactory loggers)
    {
        _options = options.Value;
        _ports = ports;
        _sorter = sorter;
        _connections = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions(), loggers.CreateLogger<SocketConnectionContextFactory>());
    }

    /// <summary>Listens on the shared ports; idempotent.</summary>
    /// <exception cref="PortInUseException">One of them cannot be had.</exception>
    public void Start()
    {
        lock (_lock)
        {
            if (_shared.Count > 0 || _stopped) return;
            foreach (var role in Enum.GetValues<PortRole>())
            {
                var listener = ListenShared(role);
                _shared.Add(listener);
                _ports[role] = listener.Port;
            }
        }
    }

    /// <summary>Stops listening everywhere; idempotent. Requests in flight are Kestrel's to finish.</summary>
    public async ValueTask StopAsync()
    {
        PortListener[] all;
        lock (_lock)
        {
            _stopped = true;
            all = [.. _shared, .. _own.Values.SelectMany(own => own.Both)];
            _shared.Clear();
            _own.Clear();
        }

        foreach (var listener in all) await listener.DisposeAsync();
        _sorter.Complete();
    }

    public ValueTask<LoopbackPorts?> ListenAsync(string environmentId, LoopbackPorts? previous, CancellationToken cancellationToken)
    {
        if (!_options.EnvironmentPorts) return new((LoopbackPorts?)null);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (!_own.TryGetValue(environmentId, out var own))
            {
                var ingress = ListenOwn(new GatewayPort(PortRole.Ingress, environmentId), previous?.Ingress);
                own = new(ingress, ListenOwn(new GatewayPort(PortRole.Admin, environmentId), previous?.Admin));
                _own.Add(environmentId, own);
            }

            return new(new LoopbackPorts(own.Ingress.Port, own.Admin.Port));
        }
    }

    public async ValueTask CloseAsync(string environmentId, CancellationToken cancellationToken)
    {
        EnvironmentListeners? own;
        lock (_lock)
        {
            if (!_own.Remove(environmentId, out own)) return;
        }

        foreach (var listener in own.Both) await listener.DisposeAsync();
    }

    public ValueTask DisposeAsync() => StopAsync();

    private PortListener ListenShared(PortRole role)
    {
        var endPoint = new IPEndPoint(_options.Address, _options.Ports.Of(role));
        try
        {
            return PortListener.Listen(endPoint, new GatewayPort(role), _connections, _sorter);
        }
        catch (SocketException e)
        {
            throw new PortInUseException(role, endPoint, e);
        }
    }

    private PortListener ListenOwn(GatewayPort port, int? previous)
    {
        try
        {
            return PortListener.Listen(new IPEndPoint(IPAddress.Loopback, previous ?? 0), port, _connections, _sorter);
        }
        catch (SocketException) when (previous is not null)
        {
            return PortListener.Listen(new IPEndPoint(IPAddress.Loopback, 0), port, _connections, _sorter);
        }
    }

    private sealed record EnvironmentListeners(PortListener Ingress, PortListener Admin)
    {
        public PortListener[] Both => [Ingress, Admin];
    }
}
