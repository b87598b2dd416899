using System.Buffers;
using System.IO.Pipelines;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Grains.Cluster.Security;

/// <summary>A connection's transport as the stream that <see cref="System.Net.Security.SslStream"/> wants. The transport stays its owner's to close.</summary>
internal sealed class TransportStream(IDuplexPipe transport) : AsynchronousStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await transport.Input.ReadAsync(cancellationToken);
        // How Orleans ends a connection: the reads and writes that wait on its transport.
        if (result.IsCanceled) throw new OperationCanceledException("The connection is being closed.");

        var length = (int)Math.Min(result.Buffer.Length, buffer.Length);
        var read = result.Buffer.Slice(0, length);
        read.CopyTo(buffer.Span);
        transport.Input.AdvanceTo(read.End);
        return length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await transport.Output.WriteAsync(buffer, cancellationToken);
        if (result.IsCanceled) throw new OperationCanceledException("The connection is being closed.");
        if (result.IsCompleted) throw new IOException("The connection was closed.");
    }
}
