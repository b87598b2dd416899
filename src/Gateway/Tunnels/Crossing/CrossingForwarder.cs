using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Tunnels.Proxy;
using RestateCloud.Grains.Tunnels;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>Hands a call over to a gateway that holds its tunnel, streaming both ways.</summary>
internal sealed class CrossingForwarder(
    IHttpForwarder forwarder, GrainCache<TunnelHolders> holders, Peers peers, IOptions<CrossingOptions> crossing, IOptions<TunnelOptions> options)
{
    private readonly ForwarderRequestConfig _config = new()
    {
        ActivityTimeout = options.Value.SilenceLimit,
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>Forwards.</summary>
    /// <returns>
    /// Null, or what to tell the caller because nothing has been sent to it yet; <see cref="TunnelRefusals.NotHere"/> when no other gateway has
    /// taken the call.
    /// </returns>
    /// <exception cref="GrainUnavailableException">Who holds the tunnel is not known and cannot be found out at the moment.</exception>
    public async ValueTask<Refusal?> ForwardAsync(HttpContext context, TunnelDestination destination, Transfer transfer)
    {
        if (!crossing.Value.IsOn) return TunnelRefusals.NotHere;

        var key = ITunnelGrain.KeyOf(destination.EnvironmentId, destination.TunnelName);
        var tried = ImmutableArray<string>.Empty;
        while (await holders.GetAsync(key) is { } known && Choose(known.Addresses, tried, destination.EnvironmentId) is var (address, peer))
        {
            var refusal = await ForwardAsync(context, peer, transfer);
            if (refusal != TunnelRefusals.NotHere && refusal != TunnelRefusals.Moved) return refusal;
            // It has gone from there: who holds it now is asked anew, by this call or by those that come.
            holders.Doubt(key);
            if (refusal == TunnelRefusals.Moved) return refusal;
            tried = tried.Add(address);
        }

        return TunnelRefusals.NotHere;
    }

    /// <summary>Any gateway that may take the call, not always the same; null when there is none left.</summary>
    private (string Address, Peer Peer)? Choose(ImmutableArray<string> addresses, ImmutableArray<string> tried, string environmentId)
    {
        var start = Random.Shared.Next(addresses.Length);
        for (var i = 0; i < addresses.Length; i++)
        {
            var address = addresses[(start + i) % addresses.Length];
            if (!tried.Contains(address) && peers.Of(environmentId, address) is { IsPaused: false } peer) return (address, peer);
        }

        return null;
    }

    private async ValueTask<Refusal?> ForwardAsync(HttpContext context, Peer peer, Transfer transfer)
    {
        var transformer = new CrossingTransformer(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, transfer);
        var error = await forwarder.SendAsync(context, Peer.Origin, peer.Invoker, _config, transformer);
        if (transformer.IsNotHere || (error != ForwarderError.None && ForwarderFailure.Is<PeerUnreachableException>(context)))
        {
            // What could not be reached has taken nothing of the body.
            if (transformer.IsNotHere && transfer.RequestBytes > 0) return TunnelRefusals.Moved;
            // The forwarder has set a status, and forwards nothing for which there is an answer already.
            context.Response.Clear();
            return TunnelRefusals.NotHere;
        }

        if (error == ForwarderError.None || transformer.IsAnsweredInSpiteOf(error)) return null;
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return null;
        return error == ForwarderError.RequestTimedOut ? TunnelRefusals.Silent : TunnelRefusals.GatewayBrokeOff;
    }
}
