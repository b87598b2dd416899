using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace RestateCloud.Gateway.Listening;

/// <summary>One listening socket and the connections that came through it.</summary>
internal sealed class PortListener : IAsyncDisposable
{
    private readonly IConnectionListener _listener;
    private readonly GatewayPort _port;
    private readonly ConnectionSorter _sorter;
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();
    private readonly Task _accepting;

    // The connections, and this listener while it listens.
    private int _users = 1;

    private PortListener(IConnectionListener listener, GatewayPort port, ConnectionSorter sorter)
    {
        _listener = listener;
        _port = port;
        _sorter = sorter;
        Port = ((IPEndPoint)listener.EndPoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Begins to accept.</summary>
    public static PortListener Listen(IConnectionListener listener, GatewayPort port, ConnectionSorter sorter) => new(listener, port, sorter);

    /// <summary>Stops accepting and asks what is connected to end after the requests in flight.</summary>
    public async ValueTask DisposeAsync()
    {
        await _listener.UnbindAsync();
        await _accepting;
        foreach (var (connection, _) in _open)
        {
            connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }

        Release();
    }

    private async Task AcceptAsync()
    {
        await Task.Yield();
        while (await _listener.AcceptAsync() is { } connection)
        {
            connection.Features.Set(new GatewayConnection(_port));
            Interlocked.Increment(ref _users);
            _open.TryAdd(connection, true);
            connection.ConnectionClosed.UnsafeRegister(_ => Forget(connection), null);
            _ = _sorter.SortAsync(connection);
        }
    }

    private void Forget(ConnectionContext connection)
    {
        if (_open.TryRemove(connection, out _)) Release();
    }

    // The transport's listener owns the memory of its connections' buffers, so the last of them ends it.
    private void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0) _ = _listener.DisposeAsync().AsTask();
    }
}
