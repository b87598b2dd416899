using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace RestateCloud.Cli.Tunnels.Relaying;

/// <summary>What Kestrel serves of another connection: the requests that are relayed to it.</summary>
/// <param name="original">The other connection.</param>
/// <param name="transport">Where the requests come.</param>
internal sealed class InnerConnection(ConnectionContext original, IDuplexPipe transport) : ConnectionContext
{
    public override string ConnectionId { get => original.ConnectionId; set => original.ConnectionId = value; }

    public override IFeatureCollection Features { get; } = new FeatureCollection(original.Features);

    public override IDictionary<object, object?> Items { get => original.Items; set => original.Items = value; }

    public override IDuplexPipe Transport { get; set; } = transport;

    public override CancellationToken ConnectionClosed { get => original.ConnectionClosed; set => original.ConnectionClosed = value; }

    public override EndPoint? LocalEndPoint { get => original.LocalEndPoint; set => original.LocalEndPoint = value; }

    public override EndPoint? RemoteEndPoint { get => original.RemoteEndPoint; set => original.RemoteEndPoint = value; }

    public override void Abort(ConnectionAbortedException abortReason) => original.Abort(abortReason);
}
