using System.Net;
using System.Buffers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Tunnels.Crossing;
using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.Listening;

/// <summary>
/// The sockets that the gateway listens on: one for every <see cref="PortRole"/> in use from start to stop, and two for every environment that
/// asks for ports of its own, which come and go.
/// </summary>
internal sealed class PortListeners : ILoopbackListeners, IAsyncDisposable
{
    private readonly GatewayOptions _options;
    private readonly CrossingOptions _crossing;
    private readonly GatewayPorts _ports;
    private readonly ConnectionSorter _sorter;
    private readonly SocketTransportFactory _transport;
    private readonly MemoryPool<byte> _memoryPool;
    private readonly List<PortListener> _shared = [];
    private readonly Dictionary<string, EnvironmentListeners> _own = [];
    private readonly SemaphoreSlim _gate = new(1);
    private bool _stopped;

    // The options are Kestrel's own: with them comes its pool of memory. Options made here would allocate every buffer anew.
    public PortListeners(
        IOptions<GatewayOptions> options,
        IOptions<CrossingOptions> crossing,
        GatewayPorts ports,
        ConnectionSorter sorter,
        IOptions<SocketTransportOptions> transport,
        IMemoryPoolFactory<byte> memory,
        ILoggerFactory loggers)
    {
        _options = options.Value;
        _crossing = crossing.Value;
        _ports = ports;
        _sorter = sorter;
        _transport = new SocketTransportFactory(transport, loggers);
        _memoryPool = memory.Create();
    }

    /// <summary>Listens on the shared ports; idempotent.</summary>
    /// <exception cref="PortInUseException">One of them cannot be had.</exception>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        using var turn = await Turn.WaitAsync(_gate, cancellationToken);
        if (_shared.Count > 0 || _stopped) return;
        foreach (var role in Enum.GetValues<PortRole>().Where(role => role != PortRole.Crossing || _crossing.IsOn))
        {
            var listener = await ListenSharedAsync(role, cancellationToken);
            _shared.Add(listener);
            _ports[role] = listener.Port;
        }
    }

    /// <summary>Stops listening everywhere; idempotent. Requests in flight are Kestrel's to finish.</summary>
    public async ValueTask StopAsync()
    {
        using var turn = await Turn.WaitAsync(_gate, CancellationToken.None);
        _stopped = true;
        foreach (var listener in _shared.Concat(_own.Values.SelectMany(own => own.Both))) await listener.DisposeAsync();
        _shared.Clear();
        _own.Clear();
        _sorter.Complete();
    }

    public async ValueTask<LoopbackPorts?> ListenAsync(string environmentId, LoopbackPorts? previous, CancellationToken cancellationToken)
    {
        if (!_options.EnvironmentPorts) return null;

        using var turn = await Turn.WaitAsync(_gate, cancellationToken);
        ObjectDisposedException.ThrowIf(_stopped, this);
        if (!_own.TryGetValue(environmentId, out var own))
        {
            own = await ListenOwnAsync(environmentId, previous, cancellationToken);
            _own.Add(environmentId, own);
        }

        return new LoopbackPorts(own.Ingress.Port, own.Admin.Port);
    }

    public async ValueTask CloseAsync(string environmentId, CancellationToken cancellationToken)
    {
        using var turn = await Turn.WaitAsync(_gate, cancellationToken);
        if (!_own.Remove(environmentId, out var own)) return;
        foreach (var listener in own.Both) await listener.DisposeAsync();
    }

    public ValueTask DisposeAsync() => StopAsync();

    private async ValueTask<PortListener> ListenSharedAsync(PortRole role, CancellationToken cancellationToken)
    {
        var address = role == PortRole.Crossing ? _crossing.ListenOn ?? _options.Address : _options.Address;
        var endPoint = new IPEndPoint(address, _options.Ports.Of(role));
        try
        {
            return PortListener.Listen(await BindAsync(role, endPoint, cancellationToken), new GatewayPort(role), _sorter);
        }
        catch (Exception e) when (IsNotToBeHad(e))
        {
            throw new PortInUseException(role, endPoint, e);
        }
    }

    // Those of tunnels are mostly relays', which read all the time.
    private async ValueTask<IConnectionListener> BindAsync(PortRole role, IPEndPoint endPoint, CancellationToken cancellationToken) =>
        role is PortRole.Tunnel or PortRole.TunnelProxy ? StreamListener.Bind(endPoint, _memoryPool) : await _transport.BindAsync(endPoint, cancellationToken);

    private async ValueTask<EnvironmentListeners> ListenOwnAsync(string environmentId, LoopbackPorts? previous, CancellationToken cancellationToken)
    {
        var ingress = await ListenOwnAsync(new GatewayPort(PortRole.Ingress, environmentId), previous?.Ingress, cancellationToken);
        try
        {
            return new(ingress, await ListenOwnAsync(new GatewayPort(PortRole.Admin, environmentId), previous?.Admin, cancellationToken));
        }
        catch
        {
            await ingress.DisposeAsync();
            throw;
        }
    }

    private async ValueTask<PortListener> ListenOwnAsync(GatewayPort port, int? previous, CancellationToken cancellationToken)
    {
        try
        {
            return PortListener.Listen(await _transport.BindAsync(new IPEndPoint(IPAddress.Loopback, previous ?? 0), cancellationToken), port, _sorter);
        }
        catch (Exception e) when (previous is not null && IsNotToBeHad(e))
        {
            return PortListener.Listen(await _transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 0), cancellationToken), port, _sorter);
        }
    }

    private static bool IsNotToBeHad(Exception exception) => exception is SocketException or AddressInUseException;

    private sealed record EnvironmentListeners(PortListener Ingress, PortListener Admin)
    {
        public PortListener[] Both => [Ingress, Admin];
    }
}
