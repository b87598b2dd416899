using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Gateway.Listening;

/// <summary>
/// An accepted connection whose socket is read and written by whoever serves it, on his thread. Kestrel's own pass each way through a pipe and two more
/// threads, which is most of what a call costs that is passed on frame by frame; but who serves these has to read to learn that the other side is gone.
/// </summary>
internal sealed class StreamConnection : DefaultConnectionContext, IMemoryPoolFeature
{
    // Two frames of HTTP/2, or records of TLS.
    private const int BufferBytes = 32 * 1024;

    private readonly Socket _socket;
    private readonly NetworkStream _plain;
    private readonly CancellationTokenSource _closed = new();
    private Stream _stream;

    /// <param name="socket">Is closed with the connection.</param>
    /// <param name="memoryPool">For Kestrel, where it serves the connection.</param>
    public StreamConnection(Socket socket, MemoryPool<byte> memoryPool)
        : base(Guid.NewGuid().ToString("n"))
    {
        _socket = socket;
        MemoryPool = memoryPool;
        _stream = _plain = new NetworkStream(socket, ownsSocket: true);
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        ConnectionClosed = _closed.Token;
        Transport = new StreamPipe(_plain, BufferBytes);
        Features.Set<IMemoryPoolFeature>(this);
    }

    public MemoryPool<byte> MemoryPool { get; }

    /// <summary>Puts a stream in between, before anything is read.</summary>
    public T Through<T>(Func<Stream, T> wrap)
        where T : Stream
    {
        var stream = wrap(_stream);
        (_stream, Transport) = (stream, new StreamPipe(stream, BufferBytes));
        return stream;
    }

    /// <summary>Makes it what Kestrel expects: read whether anybody wants it or not, and closed once the other side is gone.</summary>
    public void GiveToKestrel()
    {
        var input = Transport.Input;
        var pipe = new Pipe(new PipeOptions(MemoryPool, readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        Transport = new DuplexPipe(pipe.Reader, new EnduringWriter(Transport.Output));
        _ = ReadAheadAsync(input, pipe.Writer);
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        try
        {
            // To close alone would reset it while somebody reads, and the official tunnel client does not come back after that.
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side is gone.
        }

        _socket.Dispose();
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await _stream.DisposeAsync();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // TLS says goodbye to whoever is gone.
        }

        await _plain.DisposeAsync();
        await _closed.CancelAsync();
        await base.DisposeAsync();
    }

    private async Task ReadAheadAsync(PipeReader input, PipeWriter output)
    {
        try
        {
            // Who read before may be woken only now, which would end a read that waits here.
            while (await CopyNextAsync(input, output))
            {
            }

            await output.CompleteAsync();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            await output.CompleteAsync(new ConnectionResetException(e.Message, e));
        }

        await _closed.CancelAsync();
    }

    private static async ValueTask<bool> CopyNextAsync(PipeReader input, PipeWriter output)
    {
        var read = await input.ReadAsync();
        foreach (var piece in read.Buffer) output.Write(piece.Span);
        input.AdvanceTo(read.Buffer.End);
        return !(await output.FlushAsync()).IsCompleted && !read.IsCompleted;
    }
}
