using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using RestateCloud.Protocols.Connections;
using RestateCloud.Protocols.Http2;

namespace RestateCloud.Gateway.Listening;

/// <summary>Takes accepted connections of every port and hands each to Kestrel's endpoint for the protocol it speaks.</summary>
internal sealed class ConnectionSorter(TimeProvider clock)
{
    /// <summary>As long as Kestrel gives a client for its request headers.</summary>
    private static readonly TimeSpan FirstBytesTimeout = TimeSpan.FromSeconds(30);

    private const int UndecidedLimit = 4096;
    private const int BacklogPerProtocol = 512;

    private readonly UndecidedConnections _undecided = new(UndecidedLimit);
    private readonly Channel<ConnectionContext> _http1 = Channel.CreateBounded<ConnectionContext>(BacklogPerProtocol);
    private readonly Channel<ConnectionContext> _http2 = Channel.CreateBounded<ConnectionContext>(BacklogPerProtocol);
    private readonly Channel<ConnectionContext> _tunnelProxyHttp1 = Channel.CreateBounded<ConnectionContext>(BacklogPerProtocol);
    private readonly Channel<ConnectionContext> _tunnelProxyHttp2 = Channel.CreateBounded<ConnectionContext>(BacklogPerProtocol);
    private readonly Channel<ConnectionContext> _tunnels = Channel.CreateBounded<ConnectionContext>(BacklogPerProtocol);
    private readonly Channel<ConnectionContext> _crossings = Channel.CreateBounded<ConnectionContext>(BacklogPerProtocol);

    public ChannelReader<ConnectionContext> Of(ProtocolEndPoint protocol) => ChannelOf(protocol).Reader;

    /// <summary>Hands a connection on once it is known what it speaks, or closes it. Never throws.</summary>
    public async Task SortAsync(ConnectionContext connection)
    {
        try
        {
            if (await DetectAsync(connection) is { } protocol)
            {
                await ChannelOf(protocol).Writer.WriteAsync(connection, connection.ConnectionClosed);
                return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ChannelClosedException or InvalidOperationException)
        {
            // The client went away, was too slow or too much, or the gateway stops: in each case there is nobody to tell.
        }

        await connection.DisposeAsync();
    }

    /// <summary>Has Kestrel serve a connection within this process that speaks HTTP/2; false when there are too many new ones, or the gateway stops.</summary>
    public bool TryHandOver(ConnectionContext connection) => _http2.Writer.TryWrite(connection);

    /// <summary>Ends the endpoints once they have taken what is already sorted.</summary>
    public void Complete()
    {
        _http1.Writer.TryComplete();
        _http2.Writer.TryComplete();
        _tunnelProxyHttp1.Writer.TryComplete();
        _tunnelProxyHttp2.Writer.TryComplete();
        _tunnels.Writer.TryComplete();
        _crossings.Writer.TryComplete();
    }

    private async ValueTask<ProtocolEndPoint?> DetectAsync(ConnectionContext connection)
    {
        var role = connection.Features.Get<GatewayConnection>()?.Port.Role;
        switch (role)
        {
            case PortRole.Tunnel: return ProtocolEndPoint.Tunnel;
            case PortRole.Crossing: return ProtocolEndPoint.Crossing;
        }

        var place = _undecided.Add(() => connection.Abort(new("Too many connections are waiting for their first bytes.")));
        using var timeout = new CancellationTokenSource(FirstBytesTimeout, clock);
        try
        {
            if (await Http2Preface.IsNextAsync(connection.Transport.Input, timeout.Token) is not { } isHttp2) return null;
            if (role == PortRole.TunnelProxy) return isHttp2 ? ProtocolEndPoint.TunnelProxyHttp2 : ProtocolEndPoint.TunnelProxyHttp1;
            return isHttp2 ? ProtocolEndPoint.Http2 : ProtocolEndPoint.Http1;
        }
        finally
        {
            _undecided.Remove(place);
        }
    }

    private Channel<ConnectionContext> ChannelOf(ProtocolEndPoint protocol) =>
        protocol == ProtocolEndPoint.Tunnel ? _tunnels
        : protocol == ProtocolEndPoint.Crossing ? _crossings
        : protocol == ProtocolEndPoint.TunnelProxyHttp1 ? _tunnelProxyHttp1
        : protocol == ProtocolEndPoint.TunnelProxyHttp2 ? _tunnelProxyHttp2
        : protocol == ProtocolEndPoint.Http2 ? _http2
        : _http1;
}
