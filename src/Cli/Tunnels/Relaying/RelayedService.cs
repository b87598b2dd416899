using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Cli.Tunnels.Relaying;

/// <summary>A service that speaks HTTP/2 without TLS, and the connections to it.</summary>
internal sealed class RelayedService(Uri origin, TimeProvider clock) : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private static readonly RelayLimits Limits = new()
    {
        StreamWindow = TunnelLimits.StreamWindow,
        ConnectionWindow = TunnelLimits.ConnectionWindow,
        HeaderBytes = TunnelLimits.HeaderBytes,
        // A service that is stopped in a debugger is there all the same; TCP tells when it is not.
        PingDelay = TunnelLimits.IdleTime,
        Patience = TunnelLimits.IdleTime,
        IdleTime = TimeSpan.FromMinutes(1),
    };

    private readonly CancellationTokenSource _stop = new();
    private ImmutableArray<RelayConnection> _connections = [];
    private int _isConnecting;

    /// <summary>Scheme, host and port.</summary>
    public string Origin { get; } = origin.GetLeftPart(UriPartial.Authority);

    /// <summary>Host and port, as requests name them.</summary>
    public byte[] Authority { get; } = Encoding.ASCII.GetBytes(origin.Authority);

    /// <summary>Whether there is a connection, or one is on its way.</summary>
    public bool IsConnected => !_connections.IsEmpty || Volatile.Read(ref _isConnecting) != 0;

    /// <summary>Opens a call on the first connection that takes it; false when there is none, and then there may be one soon.</summary>
    public bool TryOpen(RelayStream caller, HeaderFields request, bool isLast, RelayedCall call)
    {
        foreach (var connection in _connections)
        {
            if (connection.TryOpen(caller, request, isLast, call)) return true;
        }

        EnsureConnected();
        return false;
    }

    /// <summary>Whether there is a connection that takes calls now.</summary>
    public bool TakesCalls()
    {
        foreach (var connection in _connections)
        {
            if (connection.TakesRequests) return true;
        }

        EnsureConnected();
        return false;
    }

    /// <summary>Begins to connect, unless there are connections enough or one is on its way.</summary>
    public void EnsureConnected()
    {
        if (_connections.Length >= TunnelLimits.ConnectionsPerService || _connections.Any(connection => connection.TakesRequests)) return;
        if (Interlocked.Exchange(ref _isConnecting, 1) == 0) _ = ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var connection in _connections) connection.Shutdown();
    }

    private async Task ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
            {
                limit.CancelAfter(TunnelLimits.ConnectTime);
                await socket.ConnectAsync(new DnsEndPoint(origin.IdnHost, origin.Port), limit.Token);
            }

            _ = RunAsync(new NetworkStream(socket, ownsSocket: true));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // Whoever calls goes the long way, and is told there why.
            socket.Dispose();
            await ReleaseAsync();
        }
    }

    private async Task RunAsync(Stream stream)
    {
        await using (stream)
        {
            var connection = RelayConnection.Client(new StreamPipe(stream, BufferBytes), Limits, clock);
            var running = connection.RunAsync();
            await connection.Introduced;
            var isOpen = connection.TakesRequests;
            if (isOpen) ImmutableInterlocked.Update(ref _connections, (all, added) => all.Add(added), connection);
            _ = ReleaseAsync(isOpen);
            try
            {
                await running;
            }
            finally
            {
                ImmutableInterlocked.Update(ref _connections, (all, removed) => all.Remove(removed), connection);
            }
        }
    }

    private async Task ReleaseAsync(bool isConnected = false)
    {
        if (!isConnected) await Task.WhenAny(Task.Delay(PauseAfterFailure, clock, _stop.Token));
        Volatile.Write(ref _isConnecting, 0);
    }
}
