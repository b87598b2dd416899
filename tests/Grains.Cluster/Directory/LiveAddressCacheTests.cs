using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.GrainDirectory;
using RestateCloud.Grains.Cluster.Tests.Calls;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Cluster.Tests.Directory;

/// <summary>What a silo remembers of where grains are.</summary>
public sealed class LiveAddressCacheTests(CallCluster cluster) : IClassFixture<CallCluster>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_grain_is_not_believed_to_be_on_a_silo_that_stops()
    {
        var (asking, stopping, staying) = (cluster.Silos[0], cluster.Silos[1], cluster.Silos[2]);
        var (leaving, left) = (AddressOf("leaving", stopping.SiloAddress), AddressOf("left", staying.SiloAddress));
        var cache = asking.ServiceProvider.GetRequiredService<IGrainDirectoryCache>();
        foreach (var address in (GrainAddress[])[leaving, left])
        {
            cache.AddOrUpdate(address, 1);
            Assert.True(Knows(address));
        }

        await cluster.StopAsync(stopping);

        await Eventually.HoldsAsync(() => !Knows(leaving), "the silo asks again", Limit);
        Assert.True(Knows(left));

        bool Knows(GrainAddress address) => cache.LookUp(address.GrainId, out var known, out _) && known.Equals(address);
    }

    private static GrainAddress AddressOf(string key, SiloAddress silo) =>
        new() { GrainId = GrainId.Create("tally", key), SiloAddress = silo, ActivationId = ActivationId.NewId() };
}
