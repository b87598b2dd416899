using System.Collections.Immutable;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Grains.Regions;

internal sealed class RegionGrain(
    [PersistentState("region")] IPersistentState<RegionState> state, IEnvironmentProvisioner provisioner) : Grain, IRegionGrain
{
    public Task AddAccountAsync(string accountId, CancellationToken cancellationToken) =>
        ReplaceAsync(state.State.Accounts.Add(accountId));

    public Task RemoveAccountAsync(string accountId, CancellationToken cancellationToken) =>
        ReplaceAsync(state.State.Accounts.Remove(accountId));

    public Task<ImmutableArray<string>> ListAccountsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(state.State.Accounts.ToImmutableArray());

    public Task<ImmutableArray<string>> ListVersionsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(provisioner.Versions.ToImmutableArray());

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
