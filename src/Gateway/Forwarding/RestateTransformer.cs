using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RestateCloud.Gateway.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>Makes one upstream request of a client's: the target byte for byte, the headers without credentials. Counts the bodies.</summary>
internal sealed class RestateTransformer(Upstream upstream, Transfer transfer) : HttpTransformer
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedProto = "X-Forwarded-Proto";

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        var headers = httpContext.Request.Headers;
        var authorization = headers.Authorization;
        var credential = RequestHeaders.TakeCredential(headers);
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        // Kestrel makes no new string for a header that the connection's last request had too, and the memo knows it at a glance.
        headers.Authorization = authorization;
        RequestHeaders.RemoveUnwanted(proxyRequest.Headers, credential.Span);
        if (proxyRequest.Content is { } content)
        {
            RequestHeaders.RemoveUnwanted(content.Headers, credential.Span);
            transfer.CountRequest(httpContext.Request);
        }

        proxyRequest.RequestUri = upstream.UriOf(httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        proxyRequest.Headers.TryAddWithoutValidation(ForwardedFor, httpContext.Connection.RemoteIpAddress?.ToString());
        proxyRequest.Headers.TryAddWithoutValidation(ForwardedProto, httpContext.Request.Scheme);
        if (GatewayTracing.Source.HasListeners()) GatewayTracing.Propagate(Activity.Current, proxyRequest);
    }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null) transfer.CountResponse(httpContext.Response, proxyResponse.Content.Headers);
        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
