using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RestateCloud.Grains.Gateways;

namespace RestateCloud.Gateway.Routing;

/// <summary>Keeps this gateway subscribed to change notices, and has everything asked for again whenever some may have been missed.</summary>
internal sealed partial class ChangeSubscription(
    IGrainFactory grains, GatewayCaches caches, TimeProvider clock, ILogger<ChangeSubscription> logger) : BackgroundService
{
    private static readonly TimeSpan RenewalPeriod = IGatewayDirectoryGrain.SubscriptionLifetime / 3;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    private IGatewayObserver? _self;
    private Guid _incarnation;
    private long _renewedAt;

    // Before a silo has answered for the first time no grain can be named, which is a failure like any other.
    private IGatewayDirectoryGrain Directory => grains.GetGrain<IGatewayDirectoryGrain>(IGatewayDirectoryGrain.Key);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var renewed = await TryRenewAsync(stoppingToken);
                await Task.Delay(renewed ? RenewalPeriod : RetryDelay, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TryUnsubscribeAsync();
        }
    }

    private async Task<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            var started = clock.GetTimestamp();
            _self ??= grains.CreateObjectReference<IGatewayObserver>(caches);
            var incarnation = await Directory.SubscribeAsync(_self, cancellationToken).WaitAsync(CallTimeout, clock, cancellationToken);
            if (incarnation != _incarnation || clock.GetElapsedTime(_renewedAt) >= IGatewayDirectoryGrain.SubscriptionLifetime)
            {
                LogSubscribed(incarnation);
                caches.Doubt();
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

    private async Task TryUnsubscribeAsync()
    {
        if (_self is null) return;
        try
        {
            await Directory.UnsubscribeAsync(_self).WaitAsync(RetryDelay, clock);
        }
        catch (Exception e)
        {
            // The subscription runs out by itself.
            LogNotRenewed(e);
        }
    }

    [LoggerMessage(LogLevel.Information, "Subscribed to changes (directory {Incarnation}); everything is asked for again")]
    private partial void LogSubscribed(Guid incarnation);

    [LoggerMessage(LogLevel.Warning, "The subscription to changes could not be renewed; going on with what is known")]
    private partial void LogNotRenewed(Exception exception);
}
