using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RestateCloud.Cli.Tunnels.Connecting;
using RestateCloud.Cli.Tunnels.Relaying;
using RestateCloud.Protocols.Tunnels;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Cli.Tunnels.Serving;

/// <summary>Serves what comes through the tunnel: the handshake, the server's own questions, and the environment's calls to services.</summary>
internal sealed class ServiceCalls(TunnelHello hello, CallerIdentity caller, OnwardForwarder forwarder, ServiceConnections services, TunnelActivity activity)
{
    public async Task HandleAsync(HttpContext context, TunnelConnection connection)
    {
        if (connection.IsFirstRequest())
        {
            await hello.AnswerAsync(context, connection);
            return;
        }

        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target == TunnelProtocol.HealthPath) return;
        if (target == TunnelProtocol.DrainPath) connection.Drain();
        else await CallAsync(context, target);
    }

    private async Task CallAsync(HttpContext context, string target)
    {
        if (ServiceDestination.Parse(target) is not { } destination)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Calls through a tunnel go to /{http or https}/{host}/{port}/…");
            return;
        }

        if (!await caller.IsGenuineAsync(context.Request.Headers, destination.Path, context.RequestAborted))
        {
            await RefuseAsync(
                context, StatusCodes.Status401Unauthorized, $"A call to {destination.Origin}{destination.Path} was refused: it is not signed by the environment of this tunnel.");
            return;
        }

        if (ConfigOf(context.Request.Headers[TunnelProtocol.HttpVersionHeader].ToString(), destination.Origin) is not { } config)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"{TunnelProtocol.HttpVersionHeader} must be HTTP/1.1 or HTTP/2.0.");
            return;
        }

        if (!destination.IsSecure) services.Connect(destination, isHttp1: config == StreamingHttp.Http1);
        await forwarder.ForwardAsync(context, destination.Origin, config, new(destination.Origin, destination.Target), destination.Path);
    }

    private static ForwarderRequestConfig? ConfigOf(string version, string origin) => version switch
    {
        "" => origin.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal) ? StreamingHttp.Negotiated : StreamingHttp.Http2,
        "HTTP/1.1" => StreamingHttp.Http1,
        "HTTP/2.0" => StreamingHttp.Http2,
        _ => null,
    };

    private Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        activity.Failed(sentence);
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(sentence, context.RequestAborted);
    }
}
