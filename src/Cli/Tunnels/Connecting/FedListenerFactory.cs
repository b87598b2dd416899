using System.Net;
using Microsoft.AspNetCore.Connections;

namespace RestateCloud.Cli.Tunnels.Connecting;

/// <summary>Kestrel's way to the connections of a <see cref="FedEndPoint"/>; other endpoints stay with the socket transport.</summary>
internal sealed class FedListenerFactory : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is FedEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(new Listener((FedEndPoint)endpoint));

    private sealed class Listener(FedEndPoint endPoint) : IConnectionListener
    {
        public EndPoint EndPoint => endPoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => endPoint.TakeAsync(cancellationToken);

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            endPoint.Complete();
            return default;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
