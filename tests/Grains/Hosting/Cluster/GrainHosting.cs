using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using RestateCloud.Grains.Cluster;
using RestateCloud.Grains.Cluster.Storage;
using RestateCloud.Grains.Cluster.Tests.Hosts;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Tests.Hosting;

/// <summary>Where the grains under test run: silos of one cluster on loopback, over a database of their own.</summary>
internal static class GrainHosting
{
    public const int Silos = 2;

    // Kept until the tests end, so that the system gives them to no connection before the silo listens.
    private static readonly ConcurrentBag<ReservedPort> Reserved = [];

    public static JsonSerializerOptions StateJson { get; } = JsonStateSerializer.Options;

    public static Task<string> NewStorageAsync(TemporaryFolder folder) => PostgresServer.NewDatabaseAsync();

    public static void AddGrains(this IHostApplicationBuilder builder, string storage)
    {
        var (silo, gateway) = (new ReservedPort(), new ReservedPort());
        Reserved.Add(silo);
        Reserved.Add(gateway);
        builder.AddGrainSilo(new ClusterGrainsOptions
        {
            ConnectionString = storage,
            AdvertisedAddress = IPAddress.Loopback,
            SiloPort = silo.Number,
            GatewayPort = gateway.Number,
        });
    }
}
