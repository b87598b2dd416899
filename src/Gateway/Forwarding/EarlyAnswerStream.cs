using System.Net.Sockets;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>
/// A connection to a server that may answer and close before it has read the whole request, as restate-server does for a handler that does not
/// exist. A write that finds the connection closed is let pass: the read that follows finds the answer, or that there is none. A read that finds
/// it reset is the end of the stream, so that HttpClient repeats by itself what may be repeated when the server closes an idle connection in
/// the moment that it is used again.
/// </summary>
internal sealed class EarlyAnswerStream : NetworkStream
{
    private readonly SocketReader _reader;

    public EarlyAnswerStream(Socket socket)
        : base(socket, ownsSocket: true) => _reader = new SocketReader(socket, IsClosed);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var writing = base.WriteAsync(buffer, cancellationToken);
        return writing.IsCompletedSuccessfully ? writing : WaitAsync(writing);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // HttpClient cancels a read over HTTP/1.1 by closing the connection.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _reader.ReadAsync(buffer);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _reader.Dispose();
    }

    private static async ValueTask WaitAsync(ValueTask writing)
    {
        try
        {
            await writing;
        }
        catch (IOException exception) when (exception.InnerException is SocketException { SocketErrorCode: var error } && IsClosed(error))
        {
        }
    }

    private static bool IsClosed(SocketError error) => error is SocketError.Shutdown or SocketError.ConnectionReset or SocketError.ConnectionAborted;
}
