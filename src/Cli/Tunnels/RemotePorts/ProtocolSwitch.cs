using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using RestateCloud.Cli.Tunnels.Connecting;
using RestateCloud.Protocols.Http2;

namespace RestateCloud.Cli.Tunnels.RemotePorts;

/// <summary>
/// Stands before an endpoint for HTTP/1.1 and brings connections that speak HTTP/2 with prior knowledge to another: Kestrel does not do both
/// on one without TLS.
/// </summary>
internal sealed class ProtocolSwitch(FedEndPoint http2)
{
    private static readonly TimeSpan FirstBytesTimeout = TimeSpan.FromSeconds(30);

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate http1)
    {
        switch (await DetectAsync(connection))
        {
            case true:
                var handedOver = new HandedOverConnection(connection);
                await http2.AddAsync(handedOver, connection.ConnectionClosed);
                await handedOver.Ended;
                break;
            case false:
                await http1(connection);
                break;
        }
    }

    private static async Task<bool?> DetectAsync(ConnectionContext connection)
    {
        var toClose = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, toClose);
        limit.CancelAfter(FirstBytesTimeout);
        try
        {
            return await Http2Preface.IsNextAsync(connection.Transport.Input, limit.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
