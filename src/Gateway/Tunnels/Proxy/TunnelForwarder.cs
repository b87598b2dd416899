using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Gateway.Tunnels.Crossing;
using RestateCloud.Grains.Tunnels;

namespace RestateCloud.Gateway.Tunnels.Proxy;

/// <summary>Sends an environment's call through its tunnel, wherever that is held: here for preference, else at another gateway.</summary>
internal sealed class TunnelForwarder(HeldForwarder held, CrossingForwarder crossing, HeldTunnels tunnels, IGrainFactory grains)
{
    /// <summary>Forwards.</summary>
    /// <returns>Null, or what to tell the caller because nothing has been sent to it yet.</returns>
    /// <exception cref="Caching.GrainUnavailableException">Who holds the tunnel cannot be found out at the moment.</exception>
    public async ValueTask<Refusal?> ForwardAsync(HttpContext context, TunnelDestination destination, Transfer transfer)
    {
        var refusal = await held.ForwardAsync(context, destination, transfer);
        if (refusal == TunnelRefusals.NotHere) refusal = await crossing.ForwardAsync(context, destination, transfer);
        return refusal == TunnelRefusals.NotHere ? await ExplainAsync(destination, context.RequestAborted) : refusal;
    }

    private async Task<Refusal> ExplainAsync(TunnelDestination destination, CancellationToken cancellationToken)
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
