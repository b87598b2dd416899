using System.Collections.Immutable;

namespace RestateCloud.Grains.Tunnels;

/// <summary>
/// A tunnel of an environment: which gateways hold connections of its client, and since when. A gateway says so again and again; one
/// that has not for <see cref="HoldLifetime"/> is gone. That a tunnel of this name was ever open is durable, and so is who held it last: when
/// this grain moves to another silo, calls go on finding the tunnel.
/// </summary>
public interface ITunnelGrain : IGrainWithStringKey
{
    /// <summary>How long a hold lasts without being renewed.</summary>
    static readonly TimeSpan HoldLifetime = TimeSpan.FromSeconds(30);

    /// <summary>The key of an environment's tunnel: <c>env_…/name</c>.</summary>
    static string KeyOf(string environmentId, string name) => $"{environmentId}/{name}";

    /// <summary>Called by its environment when a client opens it at a gateway: known from now on, and held as by <see cref="HoldAsync"/>.</summary>
    Task OpenAsync(TunnelHold hold, CancellationToken cancellationToken = default);

    /// <summary>A gateway holds at least one connection; renew it well within <see cref="HoldLifetime"/>. Idempotent.</summary>
    /// <param name="hold">The gateway, and since when it holds one; replaces what the gateway said before.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there is no such tunnel: its environment is gone.</returns>
    Task<bool> HoldAsync(TunnelHold hold, CancellationToken cancellationToken = default);

    /// <summary>A gateway holds none any more; idempotent.</summary>
    Task ReleaseAsync(string gatewayId, CancellationToken cancellationToken = default);

    /// <summary>Called by its environment at the end of its life: nothing is left of the tunnel. Idempotent.</summary>
    Task ForgetAsync(CancellationToken cancellationToken = default);

    /// <summary>The tunnel, or null when none of this name was ever open.</summary>
    Task<TunnelDescription?> DescribeAsync(CancellationToken cancellationToken = default);
}

/// <summary>A tunnel as it is known to the cloud.</summary>
/// <param name="FirstOpenedAt">When a client first opened it.</param>
/// <param name="Holds">The gateways that hold it now; none when its client is away.</param>
[GenerateSerializer, Immutable]
public sealed record TunnelDescription(DateTimeOffset FirstOpenedAt, ImmutableArray<TunnelHold> Holds);

/// <summary>A gateway that holds a tunnel.</summary>
/// <param name="GatewayId">Its process.</param>
/// <param name="Since">Since when.</param>
/// <param name="Address">Where other gateways reach it, <c>host:port</c>; null when it takes no calls from them.</param>
[GenerateSerializer, Immutable]
public sealed record TunnelHold(string GatewayId, DateTimeOffset Since, string? Address = null);
