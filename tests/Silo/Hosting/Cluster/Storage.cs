using RestateCloud.Grains.Cluster.Tests.Hosts;

namespace RestateCloud.Silo.Tests.Hosting;

/// <summary>Where the clouds of these tests store what they have: in a database each.</summary>
internal static class Storage
{
    /// <summary>The settings of a cloud that has stored nothing yet.</summary>
    public static async Task<string[]> NewAsync() => [$"--Cluster:ConnectionString={await PostgresServer.NewDatabaseAsync()}"];
}
