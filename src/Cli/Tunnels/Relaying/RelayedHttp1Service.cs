using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Cli.Tunnels.Relaying;

/// <summary>
/// A service that speaks HTTP/1.1: a connection takes one call at a time, and is kept for the next. Where none is idle a call goes the long way,
/// and there is one more for those that come later.
/// </summary>
internal sealed class RelayedHttp1Service : RelayedService
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();

    // The one that was used last is used next, so that those that are not needed go.
    private readonly List<KeptConnection> _idle = [];
    private readonly ITimer _timer;
    private int _connections;
    private int _connecting;
    private int _failing;

    public RelayedHttp1Service(Uri origin, TimeProvider clock)
        : base(origin, clock) => _timer = clock.CreateTimer(static service => ((RelayedHttp1Service)service!).EndStale(), this, TickPeriod, TickPeriod);

    public override bool IsConnected
    {
        get
        {
            lock (_lock) return _connections > 0;
        }
    }

    public override bool TakesCalls()
    {
        lock (_lock) return _idle.Count > 0;
    }

    public override bool TryOpen(RelayStream caller, HeaderFields request, bool isLast, RelayedServiceCall call)
    {
        while (Take() is { } connection)
        {
            if (connection.TryOpen(caller, request, isLast, call)) return true;
            connection.Shutdown();
        }

        return false;
    }

    public override void EnsureConnected()
    {
        lock (_lock)
        {
            if (_idle.Count > 0 || _failing > 0 || _connecting >= TunnelLimits.ConnectingAtOnce || _connections >= TunnelLimits.KeptConnectionsPerService) return;
            _connecting++;
            _connections++;
        }

        // It outlives the call that has it made.
        using (ExecutionContext.SuppressFlow()) _ = RunAsync();
    }

    protected override void Shutdown()
    {
        _timer.Dispose();
        while (Take() is { } connection) connection.Shutdown();
    }

    private async Task RunAsync()
    {
        if (await ConnectAsync() is { } stream)
        {
            lock (_lock) _connecting--;
            await using (stream) await RunAsync(stream);
        }
        else
        {
            lock (_lock) (_connecting, _failing) = (_connecting - 1, _failing + 1);
            await Task.WhenAny(Task.Delay(PauseAfterFailure, Clock, Stopped));
            lock (_lock) _failing--;
        }

        lock (_lock) _connections--;
    }

    private async Task RunAsync(Stream stream)
    {
        var connection = new KeptConnection(new StreamPipe(stream, BufferBytes), Limits, Clock, Keep);
        await connection.RunAsync();
        lock (_lock) _idle.Remove(connection);
    }

    private void Keep(KeptConnection connection)
    {
        lock (_lock) _idle.Add(connection);
        // Whoever has stopped it may not have seen this one.
        if (Stopped.IsCancellationRequested) Shutdown();
    }

    private KeptConnection? Take()
    {
        lock (_lock)
        {
            if (_idle.Count == 0) return null;
            var last = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return last;
        }
    }

    private void EndStale()
    {
        List<KeptConnection> stale;
        lock (_lock)
        {
            stale = _idle.FindAll(connection => connection.IsStale);
            if (stale.Count > 0) _idle.RemoveAll(stale.Contains);
        }

        foreach (var connection in stale) connection.Shutdown();
    }
}
