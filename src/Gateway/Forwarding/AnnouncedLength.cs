using System.Net.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>Reads <c>content-length</c> as it stands there: <see cref="HttpContentHeaders.ContentLength"/> would parse it for good, and make a new text of it when it is copied.</summary>
internal static class AnnouncedLength
{
    /// <summary>How many bytes a body has by its headers; null when they do not say.</summary>
    public static long? Of(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues(HeaderNames.ContentLength, out var text) && long.TryParse(text.ToString(), out var length) ? length : null;
}
