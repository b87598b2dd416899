using System.Collections.Immutable;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Cli.Tunnels.Relaying;

/// <summary>A service that speaks HTTP/2: many calls share a connection.</summary>
internal sealed class RelayedHttp2Service(Uri origin, TimeProvider clock) : RelayedService(origin, clock)
{
    private ImmutableArray<RelayConnection> _connections = [];
    private int _isConnecting;

    public override bool IsConnected => !_connections.IsEmpty || Volatile.Read(ref _isConnecting) != 0;

    public override bool TryOpen(RelayStream caller, HeaderFields request, bool isLast, RelayedServiceCall call)
    {
        foreach (var connection in _connections)
        {
            if (connection.TryOpen(caller, request, isLast, call)) return true;
        }

        EnsureConnected();
        return false;
    }

    public override bool TakesCalls()
    {
        foreach (var connection in _connections)
        {
            if (connection.TakesRequests) return true;
        }

        EnsureConnected();
        return false;
    }

    public override void EnsureConnected()
    {
        if (_connections.Length >= TunnelLimits.ConnectionsPerService || _connections.Any(connection => connection.TakesRequests)) return;
        if (Interlocked.Exchange(ref _isConnecting, 1) != 0) return;
        // It outlives the call that has it made.
        using (ExecutionContext.SuppressFlow()) _ = RunAsync();
    }

    protected override void Shutdown()
    {
        foreach (var connection in _connections) connection.Shutdown();
    }

    private async Task RunAsync()
    {
        if (await ConnectAsync() is not { } stream)
        {
            await ReleaseAsync();
            return;
        }

        await using (stream)
        {
            var connection = RelayConnection.Client(new StreamPipe(stream, BufferBytes), Limits, Clock);
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
        if (!isConnected) await Task.WhenAny(Task.Delay(PauseAfterFailure, Clock, Stopped));
        Volatile.Write(ref _isConnecting, 0);
    }
}
