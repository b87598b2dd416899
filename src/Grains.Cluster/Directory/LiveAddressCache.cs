using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.GrainDirectory;

namespace RestateCloud.Grains.Cluster.Directory;

/// <summary>
/// Where grains are, as far as this silo remembers. An address on a silo that has begun to stop is not believed: the directory is asked, and
/// says it until the grain has left that silo. Orleans' own cache believes it until the silo is dead, and what is sent there last gets lost.
/// </summary>
internal sealed class LiveAddressCache(IServiceProvider services, IOptions<GrainDirectoryOptions> options) : IGrainDirectoryCache
{
    private readonly IGrainDirectoryCache _addresses = GrainDirectoryCacheFactory.CreateGrainDirectoryCache(
        services, new GrainDirectoryOptions { CacheSize = options.Value.CacheSize, MaximumCacheTTL = options.Value.MaximumCacheTTL });

    private readonly ISiloStatusOracle _silos = services.GetRequiredService<ISiloStatusOracle>();

    public IEnumerable<(GrainAddress ActivationAddress, int Version)> KeyValues => _addresses.KeyValues;

    public bool LookUp(GrainId key, [NotNullWhen(true)] out GrainAddress? result, out int version)
    {
        if (!_addresses.LookUp(key, out result, out version)) return false;
        if (result.SiloAddress is { } silo && !_silos.GetApproximateSiloStatus(silo).IsTerminating()) return true;

        _addresses.Remove(result);
        (result, version) = (null, 0);
        return false;
    }

    public void AddOrUpdate(GrainAddress value, int version) => _addresses.AddOrUpdate(value, version);

    public bool Remove(GrainId key) => _addresses.Remove(key);

    public bool Remove(GrainAddress key) => _addresses.Remove(key);

    public void Clear() => _addresses.Clear();
}
