using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace RestateCloud.Gateway.Tests.Tunnels;

/// <summary>A connection for Kestrel to serve, on which is seen whether the other side has said GOAWAY. Kestrel itself does not tell.</summary>
internal sealed class WatchedConnection : DefaultConnectionContext
{
    private readonly WatchedStream _stream;

    /// <param name="socket">Connected; ends with the connection.</param>
    public WatchedConnection(Socket socket)
        : base(Guid.NewGuid().ToString("n"))
    {
        _stream = new WatchedStream(socket);
        Transport = new Pipes(PipeReader.Create(_stream), PipeWriter.Create(_stream));
    }

    /// <summary>Whether a GOAWAY has come.</summary>
    public bool HasGoAway => _stream.HasGoAway;

    public override void Abort(ConnectionAbortedException abortReason) => _stream.Dispose();

    public override async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await base.DisposeAsync();
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class WatchedStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
    {
        private const byte GoAway = 7;
        private const int PrefaceLength = 24;
        private readonly FrameCursor _received = new(PrefaceLength);
        private volatile bool _hasGoAway;

        public bool HasGoAway => _hasGoAway;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            Watch(buffer.Span[..read]);
            return read;
        }

        private void Watch(ReadOnlySpan<byte> bytes)
        {
            while (_received.TryNext(ref bytes, out var header))
            {
                if (header[3] == GoAway) _hasGoAway = true;
            }
        }
    }
}
