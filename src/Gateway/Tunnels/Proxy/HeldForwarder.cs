using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Protocols.Http2;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Gateway.Tunnels.Proxy;

/// <summary>Sends a call through any live connection of its tunnel that is held here, streaming both ways.</summary>
internal sealed class HeldForwarder(IHttpForwarder forwarder, HeldTunnels tunnels, IOptions<TunnelOptions> options)
{
    private readonly ForwarderRequestConfig _config = new()
    {
        ActivityTimeout = options.Value.SilenceLimit,
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>Forwards.</summary>
    /// <returns>
    /// Null, or what to tell the caller because nothing has been sent to it yet; <see cref="TunnelRefusals.NotHere"/> when no connection of the
    /// tunnel is held here that takes the call.
    /// </returns>
    public async ValueTask<Refusal?> ForwardAsync(HttpContext context, TunnelDestination destination, Transfer transfer)
    {
        if (tunnels.Find(destination.EnvironmentId, destination.TunnelName) is not { } tunnel) return TunnelRefusals.NotHere;

        var transformer = new TunnelTransformer(AcceptedHandler.Origin, destination.Target, transfer);
        while (tunnel.Enter() is { } connection)
        {
            try
            {
                var error = await forwarder.SendAsync(context, AcceptedHandler.Origin, connection.Invoker, _config, transformer);
                if (error == ForwarderError.None || transformer.IsAnsweredInSpiteOf(error)) return null;
                if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return null;
                if (error == ForwarderError.RequestTimedOut) return TunnelRefusals.Silent;
                if (!IsNotTaken(context, connection)) return TunnelRefusals.BrokeOff(ForwarderFailure.ReasonOf(context));
                // It is closing and took nothing: the next one, if there is any, takes the call, unless a part of its body has gone into this one.
                connection.Retire();
                if (transfer.RequestBytes > 0) return TunnelRefusals.Moved;
                // The forwarder has set the failure's status, and forwards nothing for which there is an answer already.
                context.Response.Clear();
            }
            finally
            {
                connection.Exit();
            }
        }

        return TunnelRefusals.NotHere;
    }

    // What was on its way while the connection began to close is refused one by one.
    private static bool IsNotTaken(HttpContext context, ITunnelConnection connection) =>
        ForwarderFailure.Is<ConnectionGoneException>(context)
        || (connection.IsLeaving && context.GetForwarderErrorFeature()?.Exception?.GetBaseException() is HttpProtocolException { ErrorCode: (long)Http2ErrorCode.RefusedStream });
}
