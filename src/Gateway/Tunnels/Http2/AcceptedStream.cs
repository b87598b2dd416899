using System.Buffers;
using System.IO.Pipelines;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Gateway.Tunnels.Http2;

/// <summary>
/// An accepted connection as <see cref="SocketsHttpHandler"/> wants it: one stream. On the way it puts trailers to the first request,
/// tells when the connection is over, and can say GOAWAY, which the handler never does.
/// </summary>
internal sealed class AcceptedStream(IDuplexPipe transport) : AsynchronousStream
{
    private readonly Stream _input = transport.Input.AsStream(leaveOpen: true);
    private readonly Stream _output = transport.Output.AsStream(leaveOpen: true);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _trailersSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RequestTrailers _trailers = new();

    /// <summary>Completes, always successfully, when the peer has closed the connection, it broke, or it is disposed of here.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Completes when the first request has ended with its trailers.</summary>
    public Task TrailersSent => _trailersSent.Task;

    /// <summary>Says what the first request ends with.</summary>
    public void SetTrailers(byte[] headerBlock) => _trailers.Set(headerBlock);

    /// <summary>Says GOAWAY between two frames; nothing when the connection is over.</summary>
    public async Task SendGoAwayAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(Frames.GoAwayWithoutError, cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            _closed.TrySetResult();
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await _input.ReadAsync(buffer, cancellationToken);
            if (read == 0 && !buffer.IsEmpty) _closed.TrySetResult();
            return read;
        }
        catch
        {
            _closed.TrySetResult();
            throw;
        }
    }

    /// <summary>The handler writes whole frames.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _trailers.AreSent ? SendAsync(buffer, cancellationToken) : SendFirstAsync(buffer, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        _closed.TrySetResult();
        // The transport is its owner's to close; a read that waits here ends now.
        transport.Input.CancelPendingRead();
        base.Dispose(disposing);
    }

    private async ValueTask SendFirstAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>(buffer.Length + 256);
        _trailers.Process(buffer.Span, output);
        await SendAsync(output.WrittenMemory, cancellationToken);
        if (_trailers.AreSent) _trailersSent.TrySetResult();
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _output.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }
}
