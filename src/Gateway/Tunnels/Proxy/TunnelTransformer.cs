using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Tunnels.Http2;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Gateway.Tunnels.Proxy;

/// <summary>Makes of an environment's call the request to the tunnel's client: the same, with a shorter path. Counts the bodies.</summary>
internal sealed class TunnelTransformer(string target, Transfer transfer) : HttpTransformer
{
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private bool _isCounted;

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        // The host that is called is in the path.
        proxyRequest.Headers.Host = null;
        proxyRequest.RequestUri = new Uri(AcceptedConnection.Origin + target, Verbatim);
        // Once, although a call may be sent again.
        if (proxyRequest.Content is null || _isCounted) return;
        transfer.CountRequest(httpContext.Request);
        _isCounted = true;
    }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null) transfer.CountResponse(httpContext.Response, proxyResponse.Content.Headers);
        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
