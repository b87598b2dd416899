namespace RestateCloud.Protocols.Streams;

/// <summary>One end of a connection within this process, for what knows streams only. To dispose of it ends what is sent.</summary>
public sealed class DuplexPipeStream(DuplexPipe pipe) : AsynchronousStream
{
    private readonly Stream _input = pipe.Input.AsStream(leaveOpen: true);

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _input.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var flushed = await pipe.Output.WriteAsync(buffer, cancellationToken);
        if (flushed.IsCompleted) throw new IOException("The other end is closed.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        pipe.Output.Complete();
        // A read that waits ends now.
        pipe.Input.CancelPendingRead();
        base.Dispose(disposing);
    }
}
