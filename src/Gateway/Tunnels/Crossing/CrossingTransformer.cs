using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Tunnels.Proxy;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>Makes of an environment's call the request to another gateway: the same. Keeps back its answer that the tunnel is not there.</summary>
internal sealed class CrossingTransformer(string rawTarget, Transfer transfer) : TunnelTransformer(Peer.Origin, rawTarget, transfer)
{
    /// <summary>Whether the gateway has said that it does not hold the tunnel; then nothing of its answer goes on.</summary>
    public bool IsNotHere { get; private set; }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        IsNotHere = proxyResponse is not null && CrossingProtocol.SaysNotHere(proxyResponse);
        return IsNotHere ? new(false) : base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
