using System.Net;
using System.Threading.Channels;

namespace RestateCloud.Gateway.Tests.Tunnels;

/// <summary>A body that goes on only when what it has sent was received.</summary>
internal sealed class DialogueContent(ChannelReader<byte> received) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (byte i = 0; i < 5; i++)
        {
            await stream.WriteAsync(new[] { i }, TestContext.Current.CancellationToken);
            await stream.FlushAsync(TestContext.Current.CancellationToken);
            Assert.Equal(i, await received.ReadAsync(TestContext.Current.CancellationToken));
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
