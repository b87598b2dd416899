namespace RestateCloud.Grains.Gateways;

internal sealed partial class GatewayDirectoryGrain(TimeProvider time, ILogger<GatewayDirectoryGrain> logger) : Grain, IGatewayDirectoryGrain
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Guid _incarnation = Guid.NewGuid();
    private readonly Dictionary<IGatewayObserver, DateTimeOffset> _expiryOf = [];

    public Task<Guid> SubscribeAsync(IGatewayObserver gateway, CancellationToken cancellationToken)
    {
        _expiryOf[gateway] = time.GetUtcNow() + IGatewayDirectoryGrain.SubscriptionLifetime;
        return Task.FromResult(_incarnation);
    }

    public Task UnsubscribeAsync(IGatewayObserver gateway, CancellationToken cancellationToken)
    {
        _expiryOf.Remove(gateway);
        return Task.CompletedTask;
    }

    public Task PublishAsync(ChangeNotice notice, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var gone in _expiryOf.Where(g => g.Value < now).Select(g => g.Key).ToList()) _expiryOf.Remove(gone);
        return Task.WhenAll(_expiryOf.Keys.Select(gateway => TellAsync(gateway, notice)).ToList());
    }

    // A gateway that does not answer learns of the change when what it has cached expires.
    private async Task TellAsync(IGatewayObserver gateway, ChangeNotice notice)
    {
        try
        {
            await gateway.ChangedAsync(notice).WaitAsync(Patience, time);
        }
        catch (Exception exception)
        {
            LogUnreachable(logger, notice.Id, exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A gateway did not take the notice that {Id} has changed")]
    private static partial void LogUnreachable(ILogger logger, string id, Exception exception);
}
