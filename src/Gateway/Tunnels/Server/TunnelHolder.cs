using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Gateway.Tunnels.Crossing;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Tunnels;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>Keeps the tunnels' grains knowing which tunnels this gateway holds.</summary>
internal sealed partial class TunnelHolder(
    IGrainFactory grains, HeldTunnels tunnels, GatewayIdentity self, TimeProvider clock, ILogger<TunnelHolder> logger) : BackgroundService
{
    private static readonly TimeSpan RenewalPeriod = ITunnelGrain.HoldLifetime / 3;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<OpenTunnel, ValueTuple> _open = new();

    /// <summary>The connections that are held, as they are while they are looked at.</summary>
    public IEnumerable<OpenTunnel> Open => _open.Select(held => held.Key);

    /// <summary>Adds a connection, and makes sure that the tunnel is known before its client is told that it is open.</summary>
    /// <returns>Null, or a sentence that says why not.</returns>
    /// <exception cref="GrainUnavailableException">The tunnel's grain cannot be told at the moment.</exception>
    public async Task<string?> HoldAsync(OpenTunnel open, CancellationToken cancellationToken)
    {
        if (tunnels.Add(open.EnvironmentId, open.Name, open.Connection) is { } refusal) return refusal;
        _open[open] = default;
        var isHeld = false;
        try
        {
            var failure = await OpenAsync(open, cancellationToken);
            isHeld = failure is null;
            return failure;
        }
        finally
        {
            if (!isHeld) await ReleaseAsync(open);
        }
    }

    /// <summary>Takes a connection away.</summary>
    public async Task ReleaseAsync(OpenTunnel open)
    {
        _open.TryRemove(open, out _);
        if (!tunnels.Remove(open.EnvironmentId, open.Name, open.Connection)) return;
        try
        {
            await Grain(open.EnvironmentId, open.Name).ReleaseAsync(self.Id).WaitAsync(CallTimeout, clock);
        }
        catch (Exception e)
        {
            // The hold runs out by itself.
            LogNotTold(open.EnvironmentId, open.Name, e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewalPeriod, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var tunnel in tunnels.All) await TryRenewAsync(tunnel, stoppingToken);
        }
    }

    private async Task<string?> OpenAsync(OpenTunnel open, CancellationToken cancellationToken)
    {
        var tunnel = tunnels.Find(open.EnvironmentId, open.Name) ?? throw new GrainUnavailableException(open.Name);
        try
        {
            await grains.GetGrain<IEnvironmentGrain>(open.EnvironmentId)
                .OpenTunnelAsync(open.Name, self.HoldOf(tunnel), cancellationToken)
                .WaitAsync(CallTimeout, clock, cancellationToken);
            return null;
        }
        catch (CloudException refusal)
        {
            return refusal.Message;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GrainUnavailableException(open.Name, e);
        }
    }

    private async Task TryRenewAsync(Tunnel tunnel, CancellationToken cancellationToken)
    {
        try
        {
            await Grain(tunnel.EnvironmentId, tunnel.Name)
                .HoldAsync(self.HoldOf(tunnel), cancellationToken)
                .WaitAsync(CallTimeout, clock, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotTold(tunnel.EnvironmentId, tunnel.Name, e);
        }
    }

    private ITunnelGrain Grain(string environmentId, string name) => grains.GetGrain<ITunnelGrain>(ITunnelGrain.KeyOf(environmentId, name));

    [LoggerMessage(LogLevel.Warning, "The cloud could not be told of tunnel {Name} of {EnvironmentId}")]
    private partial void LogNotTold(string environmentId, string name, Exception exception);
}
