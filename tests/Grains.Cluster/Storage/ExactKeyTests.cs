using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;

namespace RestateCloud.Grains.Cluster.Tests.Storage;

public sealed class ExactKeyTests
{
    // Orleans' storage would take each of these for the number 10 with the rest as an extension, and the last two for one GUID.
    [Fact]
    public async Task Keys_that_look_like_the_same_number_have_records_of_their_own()
    {
        await using var host = await GrainHosts.StartAsync();
        string[] keys = ["a+x@example.com", "0a+x@example.com", "00A+x@example.com", "a", "0a", new('0', 32), Guid.Empty.ToString()];
        for (var i = 0; i < keys.Length; i++) await host.Grains.GetGrain<ICounterGrain>(keys[i]).Add(i + 1);

        await host.RestartAsync();

        for (var i = 0; i < keys.Length; i++) Assert.Equal(i + 1, await host.Grains.GetGrain<ICounterGrain>(keys[i]).Get());
    }
}
