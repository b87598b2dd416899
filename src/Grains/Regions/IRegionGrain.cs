using System.Collections.Immutable;
using Orleans.Concurrency;

namespace RestateCloud.Grains.Regions;

/// <summary>Which environments run in a region; key is the region's name. A silo that starts wakes them from here.</summary>
public interface IRegionGrain : IGrainWithStringKey
{
    /// <summary>Called by an environment that begins; idempotent.</summary>
    Task AddAsync(string environmentId, CancellationToken cancellationToken = default);

    /// <summary>Called by an environment that ends; idempotent.</summary>
    Task RemoveAsync(string environmentId, CancellationToken cancellationToken = default);

    /// <summary>Every environment of the region.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken = default);
}
