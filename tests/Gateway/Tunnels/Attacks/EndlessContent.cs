using System.Net;

namespace RestateCloud.Gateway.Tests.Tunnels.Attacks;

/// <summary>A body that is sent for as long as somebody takes it.</summary>
internal sealed class EndlessContent : HttpContent
{
    public Progress Progress { get; } = new();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var piece = new byte[16 * 1024];
        while (true)
        {
            await stream.WriteAsync(piece, cancellationToken);
            Progress.Add(piece.Length);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
