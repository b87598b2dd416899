using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RestateCloud.Gateway.Routing;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>
/// Closes tunnels whose client may not hold them any more: the key was revoked or has expired, the user has left the account, the
/// environment is gone. Asked again when a change is told, so within a second of it, and now and then for what nobody tells.
/// </summary>
/// <remarks>An access token that has expired closes nothing: who its bearer is was shown when the tunnel was opened, and is still so.</remarks>
internal sealed partial class TunnelRevoker(
    TunnelHolder holder, TunnelAdmitter admitter, GatewayCaches caches, TimeProvider clock, ILogger<TunnelRevoker> logger) : BackgroundService
{
    private const int QueueLength = 1024;
    private const string? Everything = null;
    private static readonly TimeSpan BackstopPeriod = TimeSpan.FromSeconds(10);

    private readonly Channel<string?> _changes = Channel.CreateBounded<string?>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private int _missed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        caches.Forgotten += OnForgotten;
        try
        {
            using var backstop = clock.CreateTimer(_ => OnForgotten(Everything), null, BackstopPeriod, BackstopPeriod);
            await foreach (var change in _changes.Reader.ReadAllAsync(stoppingToken))
            {
                var resourceId = Interlocked.Exchange(ref _missed, 0) == 0 ? change : Everything;
                await Task.WhenAll(holder.Open.Where(tunnel => resourceId is null || tunnel.DependsOn(resourceId)).Select(CheckAsync));
            }
        }
        finally
        {
            caches.Forgotten -= OnForgotten;
        }
    }

    private void OnForgotten(string? resourceId)
    {
        if (!_changes.Writer.TryWrite(resourceId)) Volatile.Write(ref _missed, 1);
    }

    private async Task CheckAsync(OpenTunnel tunnel)
    {
        if (await admitter.IsStillAdmittedAsync(tunnel)) return;
        LogRevoked(tunnel.EnvironmentId, tunnel.Name);
        tunnel.Close();
    }

    [LoggerMessage(LogLevel.Information, "Closing a connection of tunnel {Name} of {EnvironmentId}: its client may not hold it any more")]
    private partial void LogRevoked(string environmentId, string name);
}
