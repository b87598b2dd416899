using System.Net;
using Microsoft.AspNetCore.Connections;

namespace RestateCloud.Gateway.Listening;

/// <summary>Kestrel's way to the connections of a <see cref="ProtocolEndPoint"/>; other endpoints stay with the socket transport.</summary>
internal sealed class ProtocolListenerFactory(ConnectionSorter sorter, PortListeners ports)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is ProtocolEndPoint;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        await ports.StartAsync(cancellationToken);
        return new ProtocolListener((ProtocolEndPoint)endpoint, sorter, ports);
    }
}
