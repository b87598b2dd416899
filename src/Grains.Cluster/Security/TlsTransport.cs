using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;

namespace RestateCloud.Grains.Cluster.Security;

/// <summary>A connection's transport with TLS in between: what is written here leaves encrypted.</summary>
internal sealed class TlsTransport : IDuplexPipe, IAsyncDisposable
{
    // A TLS record holds as much.
    private const int ReadSize = 16 * 1024;

    private readonly SslStream _stream;

    public TlsTransport(IDuplexPipe transport)
    {
        _stream = new SslStream(new TransportStream(transport));
        Input = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: ReadSize, leaveOpen: true));
        Output = new EncryptingWriter(_stream);
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>Shakes hands as who took the connection.</summary>
    public Task AcceptAsync(SslServerAuthenticationOptions options, CancellationToken cancellationToken) =>
        _stream.AuthenticateAsServerAsync(options, cancellationToken);

    /// <summary>Shakes hands as who opened it.</summary>
    public Task ConnectAsync(SslClientAuthenticationOptions options, CancellationToken cancellationToken) =>
        _stream.AuthenticateAsClientAsync(options, cancellationToken);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>
    /// Writes to a stream. Completed, it drops what was not flushed: Orleans completes a writer after a failure too, and the framework's
    /// would then write the rest, waiting for it on the thread.
    /// </summary>
    private sealed class EncryptingWriter(Stream stream) : PipeWriter
    {
        private static readonly OperationCanceledException Dropped = new("The connection is over.");

        private readonly PipeWriter _writer = Create(stream, new StreamPipeWriterOptions(leaveOpen: true));

        public override bool CanGetUnflushedBytes => _writer.CanGetUnflushedBytes;

        public override long UnflushedBytes => _writer.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _writer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _writer.GetSpan(sizeHint);

        public override void Advance(int bytes) => _writer.Advance(bytes);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => _writer.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => _writer.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => _writer.Complete(exception ?? Dropped);
    }
}
