namespace RestateCloud.Grains.Gateways;

/// <summary>The gateways that are alive; the one grain of this kind has the key <see cref="Key"/>.</summary>
public interface IGatewayDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The key of the one directory.</summary>
    const string Key = "gateways";

    /// <summary>How long a subscription lasts without being renewed.</summary>
    static readonly TimeSpan SubscriptionLifetime = TimeSpan.FromSeconds(30);

    /// <summary>Tells this gateway of changes from now on; renew it well within <see cref="SubscriptionLifetime"/>.</summary>
    /// <returns>The directory's incarnation: when it differs from the last answer, notices may have been missed and caches must be dropped.</returns>
    Task<Guid> SubscribeAsync(IGatewayObserver gateway, CancellationToken cancellationToken = default);

    /// <summary>Ends a subscription; idempotent.</summary>
    Task UnsubscribeAsync(IGatewayObserver gateway, CancellationToken cancellationToken = default);

    /// <summary>Tells every gateway and waits for those that answer within half a second.</summary>
    [Orleans.Concurrency.AlwaysInterleave]
    Task PublishAsync(ChangeNotice notice, CancellationToken cancellationToken = default);
}
