using System.Net;
using RestateCloud.Grains.Cluster;
using RestateCloud.Load.Machine;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Grains;

/// <summary>Where grains run in this build: in silos, over a PostgreSQL that is started when it is first needed.</summary>
internal static class GrainHosting
{
    private static readonly Lazy<Task<Postgres>> Database = new(() => Postgres.StartAsync(durable: true));

    /// <summary>What the tables call it.</summary>
    public const string Name = "one silo";

    /// <summary>The settings of clouds that share a storage of their own, in which nothing is stored yet.</summary>
    /// <param name="folder">Goes with the cloud.</param>
    public static async Task<string[]> NewStorageAsync(string folder) => SettingsOf(await (await Database.Value).NewDatabaseAsync());

    /// <summary>The same with ports of its own, for one more member of a cluster.</summary>
    public static string[] SettingsOf(string connectionString)
    {
        var ports = LoopbackPorts.Free(2);
        return
        [
            $"--Cluster:ConnectionString={connectionString}", "--Cluster:AdvertisedAddress=127.0.0.1",
            $"--Cluster:SiloPort={ports[0]}", $"--Cluster:GatewayPort={ports[1]}",
        ];
    }

    /// <summary>A database that is empty.</summary>
    public static async Task<string> NewDatabaseAsync() => await (await Database.Value).NewDatabaseAsync();

    /// <summary>Hosts grains in an application with such settings, or reaches them.</summary>
    public static void AddGrains(this IHostApplicationBuilder builder, string role)
    {
        var section = builder.Configuration.GetSection("Cluster");
        var options = new ClusterGrainsOptions
        {
            AdvertisedAddress = IPAddress.Loopback,
            SiloPort = section.GetValue<int>("SiloPort"),
            GatewayPort = section.GetValue<int>("GatewayPort"),
            LeaveTime = TimeSpan.Zero,
        };
        var storage = new PostgresStorage(section["ConnectionString"]!, options.ServiceId);
        if (role == ControlPlane.Hosts.CloudHost.Gateway) builder.AddGrainClient(options, storage);
        else builder.AddGrainSilo(options, storage);
    }

    /// <summary>Ends what storages needed.</summary>
    public static async ValueTask EndAsync()
    {
        if (Database.IsValueCreated) await (await Database.Value).DisposeAsync();
    }
}
