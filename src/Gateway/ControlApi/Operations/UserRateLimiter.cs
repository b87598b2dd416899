using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace RestateCloud.Gateway.ControlApi.Operations;

/// <summary>How often one user may call the control API: a token bucket for each.</summary>
internal sealed class UserRateLimiter : IDisposable
{
    private readonly PartitionedRateLimiter<string> _buckets;

    public UserRateLimiter(IOptions<ControlApiOptions> options)
    {
        var (rate, burst) = (options.Value.RequestsPerSecond, options.Value.RequestBurst);
        Message = $"Too many requests: a user may make {burst} at once and {rate} a second after that. Wait as long as Retry-After says.";
        _buckets = PartitionedRateLimiter.Create<string, string>(userId => RateLimitPartition.GetTokenBucketLimiter(
            userId,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                TokensPerPeriod = rate,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));
    }

    /// <summary>What a caller who is too fast is told.</summary>
    public string Message { get; }

    /// <summary>Whether this user may call now; otherwise how long to wait.</summary>
    public bool TryAcquire(string userId, out TimeSpan retryAfter)
    {
        using var lease = _buckets.AttemptAcquire(userId);
        retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
        return lease.IsAcquired;
    }

    public void Dispose() => _buckets.Dispose();
}
