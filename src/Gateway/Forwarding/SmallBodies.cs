using System.Net;
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
        if (request.Content is { } content && AnnouncedLength.Of(content.Headers) is > 0 and <= MaximumBytes) request.Content = new SmallContent(content);
        return base.SendAsync(request, cancellationToken);
    }

    private sealed class SmallContent : HttpContent
    {
        private readonly HttpContent _content;

        public SmallContent(HttpContent content)
        {
            _content = content;
            foreach (var (name, values) in content.Headers.NonValidated) Headers.TryAddWithoutValidation(name, values);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            _content.CopyToAsync(new UnhurriedStream(stream), context, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>What is written is sent when there is enough of it; at the end of a body the handler sees to that.</summary>
    private sealed class UnhurriedStream(Stream inner) : AsynchronousStream
    {
        public override bool CanRead => false;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(buffer, cancellationToken);
    }
}
