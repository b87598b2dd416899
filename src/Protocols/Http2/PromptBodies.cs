using RestateCloud.Protocols.Streams;

namespace RestateCloud.Protocols.Http2;

/// <summary>
/// Sends every piece of a request's body as it comes. <see cref="SocketsHttpHandler"/> keeps pieces back until a body ends, more of it comes
/// or a ping is due, and YARP asks for better only where the content is gRPC; Restate's protocol too waits for answers to what it has sent.
/// </summary>
/// <param name="inner">What sends.</param>
public sealed class PromptBodies(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content) request.Content = new WrappedContent(content, static stream => new PromptStream(stream));
        return base.SendAsync(request, cancellationToken);
    }

    private sealed class PromptStream(Stream inner) : AsynchronousStream
    {
        public override bool CanRead => false;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            await inner.FlushAsync(cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
    }
}
