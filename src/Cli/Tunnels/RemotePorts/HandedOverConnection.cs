using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace RestateCloud.Cli.Tunnels.RemotePorts;

/// <summary>A connection that one endpoint has brought to another, and that stays the first one's to dispose of.</summary>
internal sealed class HandedOverConnection(ConnectionContext original) : ConnectionContext
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the other endpoint is done with it.</summary>
    public Task Ended => _ended.Task;

    public override string ConnectionId { get => original.ConnectionId; set => original.ConnectionId = value; }

    public override IFeatureCollection Features { get; } = new FeatureCollection(original.Features);

    public override IDictionary<object, object?> Items { get => original.Items; set => original.Items = value; }

    public override IDuplexPipe Transport { get => original.Transport; set => original.Transport = value; }

    public override CancellationToken ConnectionClosed { get => original.ConnectionClosed; set => original.ConnectionClosed = value; }

    public override EndPoint? LocalEndPoint { get => original.LocalEndPoint; set => original.LocalEndPoint = value; }

    public override EndPoint? RemoteEndPoint { get => original.RemoteEndPoint; set => original.RemoteEndPoint = value; }

    public override void Abort(ConnectionAbortedException abortReason) => original.Abort(abortReason);

    public override ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        return default;
    }
}
