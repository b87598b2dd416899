namespace RestateCloud.Protocols.Streams;

/// <summary>
/// Sends what is written once it is flushed. For below TLS: <see cref="System.Net.Security.SslStream"/> writes each record by itself, and a call
/// of the kernel and a packet for each record is most of what a large body costs. Writes and flushes come one at a time, reads at any time.
/// </summary>
/// <param name="stream">The bytes; is disposed of with this.</param>
public sealed class GatheredWrites(Stream stream) : AsynchronousStream
{
    // A flush of a relay is seldom larger.
    private const int MostBytes = 256 * 1024;

    private readonly PooledBuffer _waiting = new();
    private bool _gathers;

    /// <summary>From now on. What is written before, as the handshake of TLS and the alert that ends it, goes at once.</summary>
    public void Gather() => _gathers = true;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => stream.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_gathers) return stream.WriteAsync(buffer, cancellationToken);
        _waiting.Add(buffer.Span);
        return _waiting.Length < MostBytes ? ValueTask.CompletedTask : SendAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => _waiting.Length == 0 ? Task.CompletedTask : SendAsync(cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) stream.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(_waiting.Bytes, cancellationToken);
        }
        finally
        {
            _waiting.Clear();
        }
    }
}
