using RestateCloud.Protocols.Streams;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>
/// Sends a small body together with its request's headers. YARP has the headers sent at once, which for a body that is there already, as it
/// mostly is, costs the gateway and the environment a wake-up each.
/// </summary>
/// <param name="inner">What sends.</param>
internal sealed class SmallBodies(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // What is longer arrives in parts, and its headers go ahead.
    private const long MaximumBytes = 16 * 1024;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content && AnnouncedLength.Of(content.Headers) is > 0 and <= MaximumBytes)
        {
            request.Content = new WrappedContent(content, static stream => new UnhurriedStream(stream));
        }

        return base.SendAsync(request, cancellationToken);
    }

    /// <summary>What is written is sent when there is enough of it; at the end of a body the handler sees to that.</summary>
    private sealed class UnhurriedStream(Stream inner) : AsynchronousStream
    {
        public override bool CanRead => false;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(buffer, cancellationToken);
    }
}
