using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace RestateCloud.Grains.Cluster.Tests.Security;

/// <summary>A connection as who opened it and who took it see it.</summary>
internal sealed class ConnectionPair : IAsyncDisposable
{
    private readonly Pipe _toServer = new(), _toClient = new();

    public ConnectionPair()
    {
        Server = new(new Duplex(_toServer.Reader, _toClient.Writer));
        Client = new(new Duplex(_toClient.Reader, _toServer.Writer));
    }

    public End Server { get; }

    public End Client { get; }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Client.DisposeAsync();
    }

    internal sealed class End : DefaultConnectionContext
    {
        private readonly IDuplexPipe _transport;

        public End(IDuplexPipe transport) => Transport = _transport = transport;

        public bool IsCutOff { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason)
        {
            IsCutOff = true;
            _transport.Input.CancelPendingRead();
        }

        /// <summary>Ends what this end sends and reads.</summary>
        public override async ValueTask DisposeAsync()
        {
            await _transport.Input.CompleteAsync();
            await _transport.Output.CompleteAsync();
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
