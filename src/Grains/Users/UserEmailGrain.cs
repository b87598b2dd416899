namespace RestateCloud.Grains.Users;

internal sealed class UserEmailGrain([PersistentState("user-email")] IPersistentState<UserEmailState> state, TimeProvider time)
    : Grain, IUserEmailGrain
{
    // Not durable: who guesses gains no more by a silo's end than a second window.
    private readonly Queue<DateTimeOffset> _attempts = [];

    public Task<string?> FindUserAsync(CancellationToken cancellationToken) => Task.FromResult(state.State.UserId);

    public Task<bool> TryAttemptAsync(int limit, TimeSpan window, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        while (_attempts.TryPeek(out var oldest) && oldest + window <= now) _attempts.Dequeue();
        if (_attempts.Count >= limit) return Task.FromResult(false);

        _attempts.Enqueue(now);
        return Task.FromResult(true);
    }

    public async Task<bool> ClaimAsync(string userId, CancellationToken cancellationToken)
    {
        if (state.State.UserId is { } taken) return taken == userId;

        await state.SaveAsync(new UserEmailState { UserId = userId });
        return true;
    }
}

internal sealed record UserEmailState
{
    public string? UserId { get; init; }
}
