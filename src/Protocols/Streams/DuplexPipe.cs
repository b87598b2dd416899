using System.IO.Pipelines;

namespace RestateCloud.Protocols.Streams;

/// <summary>One end of a connection within this process.</summary>
/// <param name="Input">What the other end has sent.</param>
/// <param name="Output">What is sent to it.</param>
public sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe
{
    // What may wait in each direction before the sender does.
    private const int BufferBytes = 1024 * 1024;

    private static readonly PipeOptions Options = new(
        pauseWriterThreshold: BufferBytes, resumeWriterThreshold: BufferBytes / 2, minimumSegmentSize: 16 * 1024, useSynchronizationContext: false);

    /// <summary>Makes a connection.</summary>
    public static (DuplexPipe One, DuplexPipe Other) CreatePair()
    {
        var (there, back) = (new Pipe(Options), new Pipe(Options));
        return (new DuplexPipe(there.Reader, back.Writer), new DuplexPipe(back.Reader, there.Writer));
    }

    /// <summary>Ends it for both.</summary>
    public void Complete()
    {
        Input.Complete();
        Output.Complete();
    }
}
