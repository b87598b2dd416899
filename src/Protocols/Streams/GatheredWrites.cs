namespace RestateCloud.Protocols.Streams;

/// <summary>
/// Sends what is written once it is flushed. For below TLS: <see cref="System.Net.Security.SslStream"/> writes each record by itself, and a call
/// of the kernel and a packet for each record is most of what a large body costs. TLS may write while it reads, and so while somebody writes.
/// </summary>
/// <param name="stream">The bytes; is disposed of with this.</param>
public sealed class GatheredWrites(Stream stream) : AsynchronousStream
{
    // A flush of a relay is seldom larger.
    private const int MostBytes = 256 * 1024;

    private readonly Lock _gate = new();
    private PooledBuffer _waiting = new();
    private PooledBuffer? _spare;
    private bool _gathers;

    /// <summary>From now on. What is written before, as the handshake of TLS and the alert that ends it, goes at once.</summary>
    public void Gather() => _gathers = true;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => stream.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_gathers) return stream.WriteAsync(buffer, cancellationToken);
        lock (_gate)
        {
            _waiting.Add(buffer.Span);
            if (_waiting.Length < MostBytes) return ValueTask.CompletedTask;
        }

        return SendAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => SendAsync(cancellationToken).AsTask();

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
        PooledBuffer sent;
        lock (_gate)
        {
            if (_waiting.Length == 0) return;
            (sent, _waiting, _spare) = (_waiting, _spare ?? new PooledBuffer(), null);
        }

        try
        {
            await stream.WriteAsync(sent.Bytes, cancellationToken);
        }
        finally
        {
            sent.Clear();
            lock (_gate) _spare = sent;
        }
    }
}
