using System.Collections.Concurrent;
using RestateCloud.Grains.Cluster.Tests.Hosts;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Clouds;

public sealed partial record CloudProgram
{
    /// <summary>That of the build under test: a silo and a gateway in one process over a database, and a cluster of its own.</summary>
    public static CloudProgram OfThisBuild { get; } = new(Build.Silo, NewDatabaseAsync);

    // Kept until the tests end: a cloud is started again on the same ports.
    private static readonly ConcurrentBag<ReservedPort> Reserved = [];

    private static async Task<string[]> NewDatabaseAsync()
    {
        var (silo, gateway) = (new ReservedPort(), new ReservedPort());
        Reserved.Add(silo);
        Reserved.Add(gateway);
        return
        [
            $"--Cluster:ConnectionString={await PostgresServer.NewDatabaseAsync()}",
            "--Cluster:AdvertisedAddress=127.0.0.1",
            $"--Cluster:SiloPort={silo.Number}",
            $"--Cluster:GatewayPort={gateway.Number}",
        ];
    }
}
