using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Grains.Tunnels;

namespace RestateCloud.Gateway.Tunnels.Crossing;

/// <summary>What this gateway's process is called among the others, and where they reach it.</summary>
internal sealed class GatewayIdentity(IOptions<CrossingOptions> options, GatewayPorts ports)
{
    /// <summary>Of this process: another start is another gateway.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("n");

    /// <summary>What to say of a tunnel that is held here. Known once the host has started.</summary>
    public TunnelHold HoldOf(Tunnel tunnel) => new(Id, tunnel.Since, Address);

    private string? Address =>
        options.Value is { IsOn: true, Address: { } text } && GatewayAddress.TryParse(text, out var address)
            ? (address with { Port = address.Port ?? ports.Crossing }).ToString()
            : null;
}
