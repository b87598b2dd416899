using System.IO.Pipelines;

namespace RestateCloud.Protocols.Streams;

/// <summary>A stream as the transport of a connection: what is read and written goes straight to it. The stream is its owner's to dispose of.</summary>
/// <param name="stream">The bytes.</param>
/// <param name="bufferBytes">How many are read at a time while much comes.</param>
public sealed class StreamPipe(Stream stream, int bufferBytes) : IDuplexPipe
{
    /// <inheritdoc/>
    public PipeReader Input { get; } = new DirectReader(stream, bufferBytes);

    /// <inheritdoc/>
    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: bufferBytes, leaveOpen: true));
}
