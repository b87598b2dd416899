using Microsoft.AspNetCore.Connections;
using RestateCloud.Gateway.Listening;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Gateway.Tunnels.Relaying;

/// <summary>
/// Leads from a connection to Kestrel, for the requests on it that are not relayed. Connects when there is one, and again after Kestrel has
/// closed what was idle.
/// </summary>
internal sealed class KestrelWay(ConnectionContext outer, ConnectionSorter sorter, TimeProvider clock) : IAsyncDisposable
{
    // As many as the connection itself takes.
    private const int Requests = 1000;

    private static readonly TimeSpan Never = TimeSpan.FromDays(365);

    // Both ends are in this process: none is asked whether it is there.
    private static readonly RelayLimits Limits = new() { WaitingRequests = Requests, PingDelay = Never, Patience = Never };

    private readonly Lock _lock = new();
    private RelayConnection? _relay;
    private Task _running = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>Opens a request; false when Kestrel takes none any more.</summary>
    public bool TryOpen(RelayStream caller, HeaderFields request, bool isLast)
    {
        // Not in the lock: whoever calls may hold that of the caller's connection.
        var relay = Volatile.Read(ref _relay);
        if (relay?.TryOpen(caller, request, isLast, call: null) == true) return true;
        return Connect(relay)?.TryOpen(caller, request, isLast, call: null) == true;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock) _isDisposed = true;
        _relay?.Abort("The connection is closed.");
        await _running;
    }

    private RelayConnection? Connect(RelayConnection? closed)
    {
        lock (_lock)
        {
            if (_relay != closed) return _relay;
            if (_isDisposed) return null;
            var (here, there) = DuplexPipe.CreatePair();
            var relay = RelayConnection.Client(here, Limits, clock);
            if (!sorter.TryHandOver(new InnerConnection(outer, there, relay.Abort))) return null;

            _running = Task.WhenAll(_running, Task.Run(() => RunAsync(relay, here)));
            Volatile.Write(ref _relay, relay);
            return relay;
        }
    }

    private static async Task RunAsync(RelayConnection relay, DuplexPipe pipe)
    {
        await relay.RunAsync();
        pipe.Complete();
    }
}
