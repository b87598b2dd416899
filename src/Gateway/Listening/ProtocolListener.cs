using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace RestateCloud.Gateway.Listening;

/// <summary>Gives Kestrel the connections of one protocol, whatever port they came through.</summary>
internal sealed class ProtocolListener(ProtocolEndPoint endPoint, ConnectionSorter sorter, PortListeners ports) : IConnectionListener
{
    private readonly ChannelReader<ConnectionContext> _connections = sorter.Of(endPoint);

    public EndPoint EndPoint => endPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _connections.WaitToReadAsync(cancellationToken))
        {
            if (_connections.TryRead(out var connection)) return connection;
        }

        return null;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default) => await ports.StopAsync();

    public ValueTask DisposeAsync() => UnbindAsync();
}
