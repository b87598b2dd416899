namespace RestateCloud.Grains.Cluster.Tests.Hosts;

/// <summary>Where the clusters of these tests store what they have: in a database each.</summary>
internal static class TestStorage
{
    /// <summary>A connection string of a storage that is empty.</summary>
    public static Task<string> NewAsync() => PostgresServer.NewDatabaseAsync();

    public static IClusterStorage Open(string connectionString, ClusterGrainsOptions options) =>
        new PostgresStorage(connectionString, options.ServiceId);
}
