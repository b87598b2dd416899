using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using RestateCloud.Grains.Cluster;
using RestateCloud.Grains.Cluster.Storage;
using RestateCloud.Grains.Cluster.Tests.Hosts;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Tests.Hosting;

/// <summary>Where the grains under test run: silos of one cluster on loopback, over a storage of their own.</summary>
internal static class GrainHosting
{
    public const int Silos = 2;

    // Kept until the tests end, so that the system gives them to no connection before the silo listens.
    private static readonly ConcurrentBag<ReservedPort> Reserved = [];

    public static JsonSerializerOptions StateJson { get; } = JsonStateSerializer.Options;

    public static Task<string> NewStorageAsync(TemporaryFolder folder) => TestStorage.NewAsync();

    public static void AddGrains(this IHostApplicationBuilder builder, string storage)
    {
        var (silo, gateway) = (new ReservedPort(), new ReservedPort());
        Reserved.Add(silo);
        Reserved.Add(gateway);
        var options = new ClusterGrainsOptions
        {
            AdvertisedAddress = IPAddress.Loopback,
            SiloPort = silo.Number,
            GatewayPort = gateway.Number,
            // Nobody calls once a test is over.
            LeaveTime = TimeSpan.Zero,
        };
        builder.AddGrainSilo(options, TestStorage.Open(storage, options));
    }
}
