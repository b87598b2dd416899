using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using RestateCloud.Protocols.Connections;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>
/// Connections whose clients have not shown yet whose they are. They are counted before TLS, so that clients that do not finish even that are
/// bounded in number and time like the others.
/// </summary>
internal sealed class Handshakes(TimeProvider clock)
{
    private readonly UndecidedConnections _all = new(TunnelLimits.Handshakes);
    private readonly ConcurrentDictionary<IPAddress, int> _perAddress = new();

    /// <summary>Serves a connection that was just accepted.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        var ofAddress = _perAddress.AddOrUpdate(address, 1, (_, count) => count + 1);
        var place = _all.Add(() => connection.Abort(new("Too many clients have not shown yet whose they are.")));
        using var handshake = new Handshake(connection, () => Leave(address, place), clock);
        if (ofAddress > TunnelLimits.HandshakesPerAddress) return;

        connection.Features.Set(handshake);
        await next(connection);
    }

    private void Leave(IPAddress address, LinkedListNode<Action> place)
    {
        _all.Remove(place);
        if (_perAddress.AddOrUpdate(address, 0, (_, count) => count - 1) == 0) _perAddress.TryRemove(new(address, 0));
    }
}
