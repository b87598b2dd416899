using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Gateway.Tunnels.Http2;
using RestateCloud.Grains.Tunnels;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Gateway.Tunnels.Proxy;

/// <summary>Sends a call through any live connection of its tunnel, streaming both ways.</summary>
internal sealed class TunnelForwarder(IHttpForwarder forwarder, HeldTunnels tunnels, IGrainFactory grains, IOptions<TunnelOptions> options)
{
    private readonly ForwarderRequestConfig _config = new()
    {
        ActivityTimeout = options.Value.SilenceLimit,
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>Forwards.</summary>
    /// <returns>Null, or what to tell the caller because nothing has been sent to it yet.</returns>
    public async ValueTask<Refusal?> ForwardAsync(HttpContext context, TunnelDestination destination, Transfer transfer)
    {
        if (tunnels.Find(destination.EnvironmentId, destination.TunnelName) is not { } tunnel) return await RefuseAsync(destination, context.RequestAborted);

        var transformer = new TunnelTransformer(destination.Target, transfer);
        while (tunnel.Enter() is { } connection)
        {
            try
            {
                var error = await forwarder.SendAsync(context, AcceptedConnection.Origin, connection.Invoker, _config, transformer);
                if (error == ForwarderError.None || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return null;
                if (error == ForwarderError.RequestTimedOut) return TunnelRefusals.Silent;
                if (!WasNotTaken(context)) return TunnelRefusals.BrokeOff(context.GetForwarderErrorFeature()?.Exception?.GetBaseException().Message);
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

        return TunnelRefusals.Away(tunnel.Name);
    }

    private static bool WasNotTaken(HttpContext context)
    {
        for (var exception = context.GetForwarderErrorFeature()?.Exception; exception is not null; exception = exception.InnerException)
        {
            if (exception is ConnectionGoneException) return true;
        }

        return false;
    }

    private async Task<Refusal> RefuseAsync(TunnelDestination destination, CancellationToken cancellationToken)
    {
        var key = ITunnelGrain.KeyOf(destination.EnvironmentId, destination.TunnelName);
        try
        {
            return await grains.GetGrain<ITunnelGrain>(key).DescribeAsync(cancellationToken) is null
                ? TunnelRefusals.Unknown(destination.TunnelName, tunnels.NamesOf(destination.EnvironmentId))
                : TunnelRefusals.Away(destination.TunnelName);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whether it is known cannot be found out; that nobody is connected is certain.
            return TunnelRefusals.Away(destination.TunnelName);
        }
    }
}
