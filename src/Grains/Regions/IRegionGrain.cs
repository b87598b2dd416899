using System.Collections.Immutable;
using Orleans.Concurrency;

namespace RestateCloud.Grains.Regions;

/// <summary>A region; key is its name. Knows what it offers, and which accounts have or had environments in it: a silo that starts wakes them.</summary>
public interface IRegionGrain : IGrainWithStringKey
{
    /// <summary>Called by an account before its first environment in the region; idempotent, and a write only the first time.</summary>
    Task AddAccountAsync(string accountId, CancellationToken cancellationToken = default);

    /// <summary>Called by an account that ends; idempotent.</summary>
    Task RemoveAccountAsync(string accountId, CancellationToken cancellationToken = default);

    /// <summary>Every account of the region.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<string>> ListAccountsAsync(CancellationToken cancellationToken = default);

    /// <summary>The restate-server versions that an environment of the region can run, the default first.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<string>> ListVersionsAsync(CancellationToken cancellationToken = default);
}
