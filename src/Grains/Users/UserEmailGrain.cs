namespace RestateCloud.Grains.Users;

internal sealed class UserEmailGrain([PersistentState("user-email")] IPersistentState<UserEmailState> state) : Grain, IUserEmailGrain
{
    public Task<string?> FindUserAsync(CancellationToken cancellationToken) => Task.FromResult(state.State.UserId);

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
