using System.Collections.Immutable;
using RestateCloud.Grains.Tunnels;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>The other gateways that hold a tunnel.</summary>
/// <param name="Addresses">Where they are reached; at least one.</param>
internal sealed record TunnelHolders(ImmutableArray<string> Addresses)
{
    /// <summary>Asks the tunnel's grain; null when no other gateway that takes calls holds it.</summary>
    public static async Task<TunnelHolders?> LoadAsync(string key, IGrainFactory grains, GatewayIdentity self, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<ITunnelGrain>(key).DescribeAsync(cancellationToken) is not { } tunnel) return null;
        ImmutableArray<string> addresses = [.. tunnel.Holds.Where(hold => hold.GatewayId != self.Id).Select(hold => hold.Address).OfType<string>()];
        return addresses.IsEmpty ? null : new(addresses);
    }
}
