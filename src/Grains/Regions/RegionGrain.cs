using System.Collections.Immutable;

namespace RestateCloud.Grains.Regions;

internal sealed class RegionGrain([PersistentState("region")] IPersistentState<RegionState> state) : Grain, IRegionGrain
{
    public Task AddAccountAsync(string accountId, CancellationToken cancellationToken) =>
        ReplaceAsync(state.State.Accounts.Add(accountId));

    public Task RemoveAccountAsync(string accountId, CancellationToken cancellationToken) =>
        ReplaceAsync(state.State.Accounts.Remove(accountId));

    public Task<ImmutableArray<string>> ListAccountsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(state.State.Accounts.ToImmutableArray());

    private Task ReplaceAsync(ImmutableHashSet<string> accounts)
    {
        if (ReferenceEquals(accounts, state.State.Accounts)) return Task.CompletedTask;

        return state.SaveAsync(new RegionState { Accounts = accounts });
    }
}

internal sealed record RegionState
{
    public ImmutableHashSet<string> Accounts { get; init; } = [];
}
