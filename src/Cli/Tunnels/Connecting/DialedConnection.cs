using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Cli.Tunnels.Connecting;

/// <summary>
/// A connection that this side has opened, as Kestrel serves connections. Kestrel's own for sockets is not for those: without its transport it
/// has no pool of buffers (.NET 10), and below TLS it copies all bytes once more.
/// </summary>
internal sealed class DialedConnection : DefaultConnectionContext
{
    // Four records of TLS: what is written together is encrypted and sent together.
    private const int BufferBytes = 64 * 1024;

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly CancellationTokenSource _closed = new();

    /// <param name="socket">What <see cref="Abort"/> closes at once.</param>
    /// <param name="stream">The bytes, decrypted; ends with the connection.</param>
    public DialedConnection(Socket socket, Stream stream)
        : base(Guid.NewGuid().ToString("n"))
    {
        (_socket, _stream) = (socket, stream);
        ConnectionClosed = _closed.Token;
        Transport = new StreamPipe(stream, BufferBytes);
    }

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Dispose();

    /// <summary>After Kestrel has sent all it had to.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await _closed.CancelAsync();
        await base.DisposeAsync();
    }
}
