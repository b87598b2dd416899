using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>
/// A connection to a server that may answer and close before it has read the whole request, as restate-server does for a handler that does not
/// exist. A write that finds the connection closed is let pass: the read that follows finds the answer, or that there is none. A read that finds
/// it reset is the end of the stream, so that HttpClient repeats by itself what may be repeated when the server closes an idle connection in
/// the moment that it is used again.
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

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = base.ReadAsync(buffer, cancellationToken);
        return reading.IsCompletedSuccessfully ? reading : WaitAsync(reading);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> WaitAsync(ValueTask<int> reading)
    {
        try
        {
            return await reading;
        }
        catch (IOException exception) when (IsClosed(exception))
        {
            return 0;
        }
    }

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
