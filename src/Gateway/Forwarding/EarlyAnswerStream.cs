using System.Net.Sockets;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>
/// A connection to a server that may answer and close before it has read the whole request, as restate-server does for a handler that does not
/// exist. A write that finds the connection closed is let pass: the read that follows finds the answer, or that there is none.
/// </summary>
internal sealed class EarlyAnswerStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var writing = base.WriteAsync(buffer, cancellationToken);
        return writing.IsCompletedSuccessfully ? writing : WaitAsync(writing);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private static async ValueTask WaitAsync(ValueTask writing)
    {
        try
        {
            await writing;
        }
        catch (IOException exception) when (IsClosed(exception))
        {
        }
    }

    private static bool IsClosed(IOException exception) => exception.InnerException is SocketException
    {
        SocketErrorCode: SocketError.Shutdown or SocketError.ConnectionReset or SocketError.ConnectionAborted,
    };
}
