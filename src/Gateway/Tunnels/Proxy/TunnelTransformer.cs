using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Tunnels.Http2;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Gateway.Tunnels.Proxy;

/// <summary>Makes of an environment's call the request to the tunnel's client: the same, with a shorter path. Counts the bodies.</summary>
internal sealed class TunnelTransformer(string target, Transfer transfer) : HttpTransformer
{
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        // The host that is called is in the path.
        proxyRequest.Headers.Host = null;
        proxyRequest.RequestUri = new Uri(AcceptedConnection.Origin + target, Verbatim);
        if (proxyRequest.Content is not null) transfer.CountRequest(httpContext.Request);
    }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null) transfer.CountResponse(httpContext.Response, proxyResponse.Content.Headers);
        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
