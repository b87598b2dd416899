using System.Collections.Immutable;
using Orleans.Concurrency;

namespace RestateCloud.Grains.Regions;

/// <summary>Which accounts have or had environments in a region; key is the region's name. A silo that starts wakes them from here.</summary>
public interface IRegionGrain : IGrainWithStringKey
{
    /// <summary>Called by an account before its first environment in the region; idempotent, and a write only the first time.</summary>
    Task AddAccountAsync(string accountId, CancellationToken cancellationToken = default);

    /// <summary>Called by an account that ends; idempotent.</summary>
    Task RemoveAccountAsync(string accountId, CancellationToken cancellationToken = default);

    /// <summary>Every account of the region.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<string>> ListAccountsAsync(CancellationToken cancellationToken = default);
}
