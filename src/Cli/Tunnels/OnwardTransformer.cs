using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using RestateCloud.Protocols.Tunnels;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Cli.Tunnels;

/// <summary>Makes of a call the request that goes on: the same, to another origin, with the host of that.</summary>
/// <param name="origin">Scheme and authority.</param>
/// <param name="target">Path and query, byte for byte.</param>
/// <param name="credential">The bearer to show, or null for what came.</param>
internal sealed class OnwardTransformer(string origin, string target, string? credential = null) : HttpTransformer
{
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = new Uri(origin + target, Verbatim);
        proxyRequest.Headers.Host = null;
        proxyRequest.Headers.Remove(TunnelProtocol.HttpVersionHeader);
        if (credential is not null) proxyRequest.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
    }
}
