using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using RestateCloud.Gateway.Identity;

namespace RestateCloud.Gateway.Listening;

/// <summary>One listening socket and the connections that came through it.</summary>
internal sealed class PortListener : IAsyncDisposable
{
    private const int Backlog = 512;

    private readonly Socket _socket;
    private readonly GatewayPort _port;
    private readonly SocketConnectionContextFactory _connections;
    private readonly ConnectionSorter _sorter;
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();
    private readonly Task _accepting;

    private PortListener(Socket socket, GatewayPort port, SocketConnectionContextFactory connections, ConnectionSorter sorter)
    {
        _socket = socket;
        _port = port;
        _connections = connections;
        _sorter = sorter;
        Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <exception cref="SocketException">The port is not free.</exception>
    public static PortListener Listen(IPEndPoint endPoint, GatewayPort port, SocketConnectionContextFactory connections, ConnectionSorter sorter)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(endPoint);
            socket.Listen(Backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return new PortListener(socket, port, connections, sorter);
    }

    /// <summary>Stops accepting and asks what is connected to end after the requests in flight.</summary>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _accepting;
        foreach (var (connection, _) in _open)
        {
            connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }
    }

    private async Task AcceptAsync()
    {
        await Task.Yield();
        while (await TryAcceptAsync() is { } client)
        {
            client.NoDelay = true;
            var connection = _connections.Create(client);
            connection.Features.Set(_port);
            connection.Features.Set(new CredentialMemo());
            _open.TryAdd(connection, true);
            connection.ConnectionClosed.UnsafeRegister(_ => _open.TryRemove(connection, out bool _), null);
            _ = _sorter.SortAsync(connection);
        }
    }

    private async ValueTask<Socket?> TryAcceptAsync()
    {
        while (true)
        {
            try
            {
                return await _socket.AcceptAsync();
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException)
            {
                // The client was gone before it was accepted, or the process is short of descriptors: neither ends the port.
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }
        }
    }
}
