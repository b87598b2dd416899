using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Tunnels.Crossing;
using RestateCloud.Protocols.Tunnels;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Gateway.Tunnels.Proxy;

/// <summary>Makes of an environment's call the request that goes on: the same, with the path that is wanted there. Counts the bodies.</summary>
/// <param name="origin">Scheme and authority.</param>
/// <param name="target">Path and query, byte for byte.</param>
/// <param name="transfer">The count.</param>
internal class TunnelTransformer(string origin, string target, Transfer transfer) : HttpTransformer
{
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private bool _isAnswered;

    /// <summary>
    /// Whether what the forwarder calls an error came after the answer and takes nothing from it: that the rest of the call was not wanted.
    /// </summary>
    public bool IsAnsweredInSpiteOf(ForwarderError error) =>
        _isAnswered && error is (ForwarderError.RequestBodyClient or ForwarderError.RequestBodyDestination or ForwarderError.RequestBodyCanceled);

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        // The host that is called is in the path.
        proxyRequest.Headers.Host = null;
        proxyRequest.RequestUri = new Uri(origin + target, Verbatim);
        var isHttp1 = HttpProtocol.IsHttp11(httpContext.Request.Protocol) || HttpProtocol.IsHttp10(httpContext.Request.Protocol);
        if (isHttp1 && !httpContext.Request.Headers.ContainsKey(TunnelProtocol.HttpVersionHeader))
            proxyRequest.Headers.TryAddWithoutValidation(TunnelProtocol.HttpVersionHeader, TunnelProtocol.Http1);
        if (proxyRequest.Content is not null) transfer.CountRequest(httpContext.Request);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        _isAnswered = proxyResponse is not null;
        if (proxyResponse is not null) transfer.CountResponse(httpContext.Response, proxyResponse.Content.Headers);
        var goesOn = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        CrossingProtocol.Remove(httpContext.Response.Headers);
        return goesOn;
    }
}
