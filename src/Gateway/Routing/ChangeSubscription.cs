using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RestateCloud.Grains.Gateways;

namespace RestateCloud.Gateway.Routing;

/// <summary>Keeps this gateway subscribed to change notices, and drops the caches whenever some may have been missed.</summary>
internal sealed partial class ChangeSubscription(
    IGrainFactory grains, GatewayCaches caches, TimeProvider clock, ILogger<ChangeSubscription> logger) : BackgroundService
{
    private static readonly TimeSpan RenewalPeriod = IGatewayDirectoryGrain.SubscriptionLifetime / 3;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    private Guid _incarnation;
    private long _renewedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var self = grains.CreateObjectReference<IGatewayObserver>(caches);
        var directory = grains.GetGrain<IGatewayDirectoryGrain>(IGatewayDirectoryGrain.Key);
        try
        {
            while (true)
            {
                var renewed = await TryRenewAsync(directory, self, stoppingToken);
                await Task.Delay(renewed ? RenewalPeriod : RetryDelay, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TryUnsubscribeAsync(directory, self);
        }
    }

    private async Task<bool> TryRenewAsync(IGatewayDirectoryGrain directory, IGatewayObserver self, CancellationToken cancellationToken)
    {
        try
        {
            var started = clock.GetTimestamp();
            var incarnation = await directory.SubscribeAsync(self, cancellationToken).WaitAsync(CallTimeout, clock, cancellationToken);
            if (incarnation != _incarnation || clock.GetElapsedTime(_renewedAt) >= IGatewayDirectoryGrain.SubscriptionLifetime)
            {
                LogSubscribed(incarnation);
                caches.Clear();
            }

            (_incarnation, _renewedAt) = (incarnation, started);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotRenewed(e);
            return false;
        }
    }

    private async Task TryUnsubscribeAsync(IGatewayDirectoryGrain directory, IGatewayObserver self)
    {
        try
        {
            await directory.UnsubscribeAsync(self).WaitAsync(RetryDelay, clock);
        }
        catch (Exception e)
        {
            // The subscription runs out by itself.
            LogNotRenewed(e);
        }
    }

    [LoggerMessage(LogLevel.Information, "Subscribed to changes (directory {Incarnation}); caches start empty")]
    private partial void LogSubscribed(Guid incarnation);

    [LoggerMessage(LogLevel.Warning, "The subscription to changes could not be renewed; going on with what is known")]
    private partial void LogNotRenewed(Exception exception);
}
