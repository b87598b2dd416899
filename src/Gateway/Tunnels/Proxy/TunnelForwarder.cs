using System.Net;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Gateway.Tunnels.Http2;
using RestateCloud.Grains.Tunnels;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Gateway.Tunnels.Proxy;

/// <summary>Sends a call through any live connection of its tunnel, streaming both ways.</summary>
internal sealed class TunnelForwarder(IHttpForwarder forwarder, HeldTunnels tunnels, IGrainFactory grains)
{
    // restate-server gives up on a service that says nothing, as each deployment asks; the proxy outlasts it.
    private static readonly ForwarderRequestConfig Config = new()
    {
        ActivityTimeout = TimeSpan.FromHours(24),
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>Forwards.</summary>
    /// <returns>Null, or what to tell the caller because nothing has been sent to it yet.</returns>
    public async ValueTask<Refusal?> ForwardAsync(HttpContext context, TunnelDestination destination, Transfer transfer)
    {
        var transformer = new TunnelTransformer(destination.Target, transfer);
        while (tunnels.Find(destination.EnvironmentId, destination.TunnelName) is { } tunnel)
        {
            if (tunnel.Enter() is not { } connection) return tunnel.Connections.IsEmpty ? TunnelRefusals.Away(tunnel.Name) : TunnelRefusals.Busy;
            try
            {
                var error = await forwarder.SendAsync(context, AcceptedConnection.Origin, connection.Invoker, Config, transformer);
                if (error == ForwarderError.None || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return null;
                if (!WasNotSent(context)) return TunnelRefusals.BrokeOff;
            }
            finally
            {
                connection.Exit();
            }

            // Nothing was sent on a connection that is closing: the next one, if there is any, takes the call.
            tunnels.Remove(tunnel.EnvironmentId, tunnel.Name, connection);
        }

        return await RefuseAsync(destination, context.RequestAborted);
    }

    private static bool WasNotSent(HttpContext context)
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
