using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>
/// Bytes of one request's bodies. A body that announces its length counts in full; only those that do not are counted as they stream.
/// </summary>
internal sealed class Transfer
{
    private long _requestBytes;
    private long _responseBytes;
    private bool _isRequestCounted;

    public long RequestBytes => Volatile.Read(ref _requestBytes);

    public long ResponseBytes => Volatile.Read(ref _responseBytes);

    /// <summary>Counts the request's body, once although it may be sent again.</summary>
    public void CountRequest(HttpRequest request)
    {
        if (_isRequestCounted) return;
        _isRequestCounted = true;
        if (request.ContentLength is { } length) _requestBytes = length;
        else request.Body = new CountingStream(request.Body, count => Interlocked.Add(ref _requestBytes, count));
    }

    public void CountResponse(HttpResponse response, HttpContentHeaders headers)
    {
        if (AnnouncedLength.Of(headers) is { } length) _responseBytes = length;
        else response.Body = new CountingStream(response.Body, count => Interlocked.Add(ref _responseBytes, count));
    }
}
