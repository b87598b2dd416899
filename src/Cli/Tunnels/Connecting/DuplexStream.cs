using System.IO.Pipelines;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Cli.Tunnels.Connecting;

/// <summary>A connection's two pipes as the one stream that <see cref="System.Net.Security.SslStream"/> takes.</summary>
internal sealed class DuplexStream(IDuplexPipe transport) : AsynchronousStream
{
    private readonly Stream _input = transport.Input.AsStream(leaveOpen: true);
    private readonly Stream _output = transport.Output.AsStream(leaveOpen: true);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _input.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _output.WriteAsync(buffer, cancellationToken);
}
