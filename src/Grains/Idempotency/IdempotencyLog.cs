using System.Collections.Immutable;
using RestateCloud.Grains.Errors;

namespace RestateCloud.Grains.Idempotency;

/// <summary>
/// What was answered to calls that carried an idempotency key, kept in the state that the call changed and written with the change itself,
/// so that a retry after a lost answer finds it. Keeps a day, at most <see cref="Capacity"/> calls.
/// </summary>
internal sealed record IdempotencyLog
{
    public const int Capacity = 200;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public ImmutableArray<IdempotentCall> Calls { get; init; } = [];

    /// <summary>The earlier answer, or null when there is none.</summary>
    /// <exception cref="CloudException">The key was used for another request.</exception>
    public string? Find(string? key, string request, DateTimeOffset now)
    {
        if (key is null) return null;

        var call = Calls.LastOrDefault(c => c.Key == key && now - c.At < Lifetime);
        if (call is not null && call.Request != request)
            throw new CloudException(CloudError.Conflict, "This idempotency key was used for a different request; use a new key.");
        return call?.Answer;
    }

    public IdempotencyLog Add(string? key, string request, string answer, DateTimeOffset now)
    {
        if (key is null) return this;

        var kept = Calls.Where(c => now - c.At < Lifetime).TakeLast(Capacity - 1);
        return new IdempotencyLog { Calls = [.. kept, new IdempotentCall(key, request, answer, now)] };
    }
}

/// <summary>A call and its answer.</summary>
/// <param name="Key">The caller's key.</param>
/// <param name="Request">What was asked, to notice a key that is used twice.</param>
/// <param name="Answer">What makes the answer up again.</param>
/// <param name="At">When it was answered.</param>
internal sealed record IdempotentCall(string Key, string Request, string Answer, DateTimeOffset At);
