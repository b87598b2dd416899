using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>
/// Reads a socket, one read at a time. That is how HttpClient reads a connection; waiting for NetworkStream's read in order to look at its error
/// would wake one more state machine for each answer.
/// </summary>
/// <param name="socket">Its owner's to dispose of.</param>
/// <param name="isEnd">Which errors are taken for the end of the stream.</param>
internal sealed class SocketReader(Socket socket, Func<SocketError, bool> isEnd)
    : SocketAsyncEventArgs(SuppressExecutionContext), IValueTaskSource<int>
{
    // Whoever awaits brings his own.
    private const bool SuppressExecutionContext = true;

    private ManualResetValueTaskSourceCore<int> _completion;

    /// <summary>Bytes read, 0 at the end of the stream.</summary>
    /// <exception cref="IOException">Thrown when awaited, for all other errors.</exception>
    /// <exception cref="InvalidOperationException">The last read has not completed.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        SetBuffer(buffer);
        _completion.Reset();
        if (!socket.ReceiveAsync(this)) OnCompleted(this);
        return new(this, _completion.Version);
    }

    int IValueTaskSource<int>.GetResult(short token)
    {
        _completion.GetResult(token);
        if (SocketError == SocketError.Success) return BytesTransferred;
        return isEnd(SocketError) ? 0 : throw new IOException("The connection broke off.", new SocketException((int)SocketError));
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e) => _completion.SetResult(BytesTransferred);
}
