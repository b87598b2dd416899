using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using RestateCloud.Gateway.Listening;
using RestateCloud.Protocols.Http1.Relaying;

namespace RestateCloud.Gateway.Tunnels.Relaying;

/// <summary>
/// Serves a connection to the tunnel proxy whose caller speaks HTTP/1.1, as <see cref="ProxyRelay"/> does those that speak HTTP/2. From the first
/// request on that is more than plain, Kestrel serves it.
/// </summary>
internal sealed class Http1ProxyRelay(RelayedCalls calls, ConnectionSorter sorter, TimeProvider clock)
{
    public ConnectionDelegate Serve(ConnectionDelegate next) => async connection =>
    {
        if (!await RelayAsync(connection)) return;
        ((StreamConnection)connection).GiveToKestrel();
        await next(connection);
    };

    private async Task<bool> RelayAsync(ConnectionContext connection)
    {
        await using var kestrel = new KestrelWay(connection, sorter, clock);
        var caller = new Http1Caller(connection.Transport, new Http1CallRouter(new CallRouter(calls, kestrel)), calls.Limits, clock);
        var lifetime = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        using var stop = lifetime?.ConnectionClosedRequested.UnsafeRegister(_ => caller.Shutdown(), null);
        using var abort = connection.ConnectionClosed.UnsafeRegister(_ => caller.Abort(), null);
        return await caller.RunAsync();
    }
}
