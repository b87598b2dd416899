using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Errors;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Gateway.Forwarding;

/// <summary>Sends a request to an environment and its answer back, streaming both ways, in the protocol that the client speaks.</summary>
internal sealed class EnvironmentForwarder(IHttpForwarder forwarder)
{
    /// <summary>How long neither side may say anything: long polls for calls that take a day are not cut.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromHours(24);

    private static readonly ForwarderRequestConfig Http1 = Config(HttpVersion.Version11);
    private static readonly ForwarderRequestConfig Http2 = Config(HttpVersion.Version20);

    /// <summary>Forwards. What comes of it is for <see cref="RefusalOf"/>.</summary>
    public ValueTask<ForwarderError> ForwardAsync(HttpContext context, Upstream upstream, Transfer transfer)
    {
        var config = HttpProtocol.IsHttp2(context.Request.Protocol) ? Http2 : Http1;
        return forwarder.SendAsync(context, upstream.Prefix, upstream.Invoker, config, new RestateTransformer(upstream, transfer));
    }

    /// <summary>Null, or what to tell the client because nothing has been sent to it yet.</summary>
    public static Refusal? RefusalOf(ForwarderError error, HttpContext context) =>
        error == ForwarderError.None || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested
            ? null
            : Explain(error, context);

    private static Refusal Explain(ForwarderError error, HttpContext context) => error switch
    {
        // Also said of a body that could not be read on because the environment broke off: only Kestrel knows a client's fault.
        ForwarderError.RequestBodyClient when ForwarderFailure.Is<BadHttpRequestException>(context) => context.Response.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => Refusals.BodyTooLarge,
            StatusCodes.Status408RequestTimeout => Refusals.SlowBody,
            _ => Refusals.BadBody,
        },
        ForwarderError.RequestTimedOut => Refusals.UpstreamTimedOut,
        ForwarderError.Request when NeverConnected(context.GetForwarderErrorFeature()?.Exception) => Refusals.UpstreamUnreachable,
        _ => Refusals.UpstreamFailed,
    };

    private static bool NeverConnected(Exception? exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError,
        InnerException: SocketException or TimeoutException or null,
    };

    private static ForwarderRequestConfig Config(Version version) => new()
    {
        ActivityTimeout = SilenceLimit,
        Version = version,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
