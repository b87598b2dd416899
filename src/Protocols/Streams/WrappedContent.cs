using System.Net;

namespace RestateCloud.Protocols.Streams;

/// <summary>A request's content that is written through a stream of one's own.</summary>
public sealed class WrappedContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly Func<Stream, Stream> _wrap;

    /// <param name="content">What is written, with its headers.</param>
    /// <param name="wrap">Makes the stream that it is written to, out of the one that leads on.</param>
    public WrappedContent(HttpContent content, Func<Stream, Stream> wrap)
    {
        (_content, _wrap) = (content, wrap);
        foreach (var (name, values) in content.Headers.NonValidated) Headers.TryAddWithoutValidation(name, values);
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _content.CopyToAsync(_wrap(stream), context, cancellationToken);

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
