using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using RestateCloud.Gateway.Listening;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Gateway.Tunnels.Relaying;

/// <summary>
/// Serves a connection of an environment to the tunnel proxy. Calls for which everything is known that they need are passed on to their tunnel
/// frame by frame: a server and a client for each cost several times as much. All others Kestrel serves.
/// </summary>
internal sealed class ProxyRelay(RelayedCalls calls, ConnectionSorter sorter, TimeProvider clock) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        await using var kestrel = new KestrelWay(connection, sorter, clock);
        var relay = RelayConnection.Server(connection.Transport, new CallRouter(calls, kestrel), calls.Limits, clock);
        var lifetime = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        using var stop = lifetime?.ConnectionClosedRequested.UnsafeRegister(_ => relay.Shutdown(), null);
        using var abort = connection.ConnectionClosed.UnsafeRegister(_ => relay.Abort("The environment closed the connection."), null);
        await relay.RunAsync();
    }
}
