using System.Threading.RateLimiting;
using RestateCloud.Gateway.Errors;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Gateway.Limits;

/// <summary>One environment's share: a token bucket for requests per second and a count of those in flight.</summary>
internal sealed class EnvironmentLimiter : IDisposable
{
    /// <summary>Tokens are added in steps of this many a second, or one by one where they are fewer.</summary>
    private const int StepsPerSecond = 100;

    private readonly TokenBucketRateLimiter _rate;
    private int _inFlight;
    private int _inTunnels;

    public EnvironmentLimiter(TierLimits limits)
    {
        Limits = limits;
        var step = Math.Max(1, limits.RequestsPerSecond / StepsPerSecond);
        _rate = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.RequestBurst,
            TokensPerPeriod = step,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)step / limits.RequestsPerSecond),
            // No timer for each environment: the tokens of the time that has passed are added when somebody asks.
            AutoReplenishment = false,
        });
    }

    public TierLimits Limits { get; }

    /// <summary>Takes a place; <see cref="Exit"/> gives it back.</summary>
    /// <returns>Null, or why there is none.</returns>
    public Refusal? TryEnter()
    {
        if (Interlocked.Increment(ref _inFlight) > Limits.ConcurrentRequests)
        {
            Exit();
            return Refusals.TooManyInFlight;
        }

        _rate.TryReplenish();
        using var lease = _rate.AttemptAcquire();
        if (lease.IsAcquired) return null;

        Exit();
        return Refusals.RateLimited;
    }

    public void Exit() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Takes a place for a call through a tunnel; <see cref="ExitTunnel"/> gives it back.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryEnterTunnel()
    {
        if (Interlocked.Increment(ref _inTunnels) <= Limits.TunnelCalls) return true;
        ExitTunnel();
        return false;
    }

    public void ExitTunnel() => Interlocked.Decrement(ref _inTunnels);

    public void Dispose() => _rate.Dispose();
}
