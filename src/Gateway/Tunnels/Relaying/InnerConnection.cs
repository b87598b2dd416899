using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using RestateCloud.Gateway.Listening;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Gateway.Tunnels.Relaying;

/// <summary>What Kestrel serves of another connection, as one of its own: the requests that are handed on to it.</summary>
internal sealed class InnerConnection : DefaultConnectionContext
{
    private readonly DuplexPipe _pipe;
    private readonly Action<string> _abort;

    /// <param name="outer">The other connection.</param>
    /// <param name="pipe">Where the requests come.</param>
    /// <param name="abort">Ends it at the other end.</param>
    public InnerConnection(ConnectionContext outer, DuplexPipe pipe, Action<string> abort)
        : base($"{outer.ConnectionId}-inner", pipe, pipe)
    {
        (_pipe, _abort) = (pipe, abort);
        (LocalEndPoint, RemoteEndPoint) = (outer.LocalEndPoint, outer.RemoteEndPoint);
        if (outer.Features.Get<IMemoryPoolFeature>() is { } memory) Features.Set(memory);
        if (outer.Features.Get<GatewayConnection>() is { Port: var port }) Features.Set(new GatewayConnection(port));
    }

    public override void Abort(ConnectionAbortedException abortReason) => _abort(abortReason.Message);

    public override ValueTask DisposeAsync()
    {
        _pipe.Complete();
        return base.DisposeAsync();
    }
}
