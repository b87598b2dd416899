using System.Net;

namespace RestateCloud.Gateway.Tests.Tunnels;

/// <summary>A body that is sent while the answer is read: .NET's own contents are sent to their end first.</summary>
internal sealed class DuplexContent(byte[] bytes) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
