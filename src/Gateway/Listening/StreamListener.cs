using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace RestateCloud.Gateway.Listening;

/// <summary>A socket that listens, for connections that are served as <see cref="StreamConnection"/>s.</summary>
internal sealed class StreamListener : IConnectionListener
{
    // As Kestrel's.
    private const int Backlog = 512;

    private readonly Socket _socket;
    private readonly MemoryPool<byte> _memoryPool;

    private StreamListener(Socket socket, MemoryPool<byte> memoryPool)
    {
        (_socket, _memoryPool) = (socket, memoryPool);
        EndPoint = socket.LocalEndPoint!;
    }

    public EndPoint EndPoint { get; }

    /// <exception cref="SocketException">The port cannot be had.</exception>
    public static StreamListener Bind(IPEndPoint endPoint, MemoryPool<byte> memoryPool)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        socket.Listen(Backlog);
        return new StreamListener(socket, memoryPool);
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Socket? socket = null;
            try
            {
                socket = await _socket.AcceptAsync(cancellationToken);
                socket.NoDelay = true;
                return new StreamConnection(socket, _memoryPool);
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Whoever called has left again.
                socket?.Dispose();
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _socket.Dispose();
        return default;
    }

    public ValueTask DisposeAsync() => UnbindAsync();
}
