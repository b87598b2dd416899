using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Cli.Tunnels.RemotePorts;

/// <summary>Sends what is asked of a local port to the environment, with the credential that the asker need not have.</summary>
internal sealed class RemotePortCalls(TunnelTarget target, OnwardForwarder forwarder, TunnelActivity activity)
{
    // Nobody outside can own names below these.
    private static readonly string[] PrivateDomains = [".localhost", ".internal"];

    public Task HandleAsync(HttpContext context, BoundPort port)
    {
        if (!IsFromHere(context.Request)) return RefuseAsync(context);

        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var origin = port.Upstream.GetLeftPart(UriPartial.Authority);
        var transformer = new OnwardTransformer(origin, rawTarget is ['/', ..] ? rawTarget : "/", target.Credential);
        return forwarder.ForwardAsync(context, origin, ConfigOf(context.Request, port.Upstream), transformer, context.Request.Path);
    }

    // The same protocol as the asker's: the gateway takes both on one port.
    private static ForwarderRequestConfig ConfigOf(HttpRequest request, Uri upstream) =>
        !HttpProtocol.IsHttp2(request.Protocol) ? StreamingHttp.Http1
        : upstream.Scheme == Uri.UriSchemeHttps ? StreamingHttp.Negotiated
        : StreamingHttp.Http2;

    // A web page may make a browser ask here, under its own name if it controls DNS: neither is to act with the credential.
    private static bool IsFromHere(HttpRequest request) =>
        IsHere(request.Host.Host)
        && (request.Headers.Origin is not [{ } origin] || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsHere(page.Host)));

    private static bool IsHere(string host) =>
        !host.Contains('.', StringComparison.Ordinal)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
        || PrivateDomains.Any(domain => host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    private Task RefuseAsync(HttpContext context)
    {
        const string Sentence = "A request from a web page was refused: this port acts with your credential, for programs of this machine only.";
        activity.Failed(Sentence);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(Sentence, context.RequestAborted);
    }
}
