using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace RestateCloud.Cli.Tunnels.Connecting;

/// <summary>An endpoint of Kestrel's without a socket: it serves the connections that are brought to it.</summary>
internal sealed class FedEndPoint(string name) : EndPoint
{
    private const int Backlog = 64;

    private readonly Channel<ConnectionContext> _connections = Channel.CreateBounded<ConnectionContext>(Backlog);

    /// <summary>Brings one; Kestrel owns it from then on.</summary>
    /// <exception cref="ChannelClosedException">The endpoint takes no more.</exception>
    public ValueTask AddAsync(ConnectionContext connection, CancellationToken cancellationToken) => _connections.Writer.WriteAsync(connection, cancellationToken);

    /// <summary>The next one, or null when there will be none.</summary>
    public async ValueTask<ConnectionContext?> TakeAsync(CancellationToken cancellationToken)
    {
        while (await _connections.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_connections.Reader.TryRead(out var connection)) return connection;
        }

        return null;
    }

    /// <summary>Takes no more.</summary>
    public void Complete() => _connections.Writer.TryComplete();

    public override string ToString() => name;
}
