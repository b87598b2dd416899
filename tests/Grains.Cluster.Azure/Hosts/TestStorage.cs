using RestateCloud.Grains.Cluster.Azure;
using RestateCloud.Grains.Cluster.Azure.Tests.Hosts;

namespace RestateCloud.Grains.Cluster.Tests.Hosts;

/// <summary>Where the clusters of these tests store what they have: in an account each.</summary>
internal static class TestStorage
{
    /// <summary>A connection string of a storage that is empty.</summary>
    public static Task<string> NewAsync() => AzuriteServer.NewAccountAsync();

    public static IClusterStorage Open(string connectionString, ClusterGrainsOptions options) =>
        AzureStorage.Open(new AzureStorageOptions { ConnectionString = connectionString }, options);
}
