using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RestateCloud.Cli.Tunnels.Connecting;
using RestateCloud.Protocols.Tunnels;

namespace RestateCloud.Cli.Tunnels.Serving;

/// <summary>Answers the first request on a connection: says whose it is, and hears how it stands.</summary>
/// <param name="target">The environment and the credential.</param>
/// <param name="name">The tunnel's name.</param>
internal sealed class TunnelHello(TunnelTarget target, string name)
{
    public async Task AnswerAsync(HttpContext context, TunnelConnection connection)
    {
        var headers = context.Response.Headers;
        headers.Authorization = $"Bearer {target.Credential}";
        headers[TunnelProtocol.EnvironmentHeader] = target.EnvironmentId;
        headers[TunnelProtocol.NameHeader] = name;
        headers[TunnelProtocol.DrainHeader] = "true";
        await context.Response.Body.FlushAsync(context.RequestAborted);

        // The request ends when the server has decided.
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        var feature = context.Features.GetRequiredFeature<IHttpRequestTrailersFeature>();
        var refusal = Judge(feature);
        if (refusal is not null && feature.Available && feature.Trailers.ContainsKey(TunnelProtocol.RetryTrailer)) connection.Defer(refusal);
        else connection.Decide(refusal);
    }

    private string? Judge(IHttpRequestTrailersFeature feature)
    {
        if (!feature.Available || !feature.Trailers.TryGetValue(TunnelProtocol.StatusTrailer, out var status)) return "What answers there is not a tunnel server: it does not say how the tunnel stands.";
        if (status != TunnelProtocol.StatusOk) return status;
        var opened = feature.Trailers[TunnelProtocol.NameHeader];
        return opened == name ? null : $"The tunnel server has opened another tunnel ('{opened}') than the one asked for ('{name}').";
    }
}
