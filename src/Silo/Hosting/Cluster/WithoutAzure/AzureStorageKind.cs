using RestateCloud.Grains.Cluster;

namespace RestateCloud.Silo.Hosting;

/// <summary>Azure Storage, which this build is without.</summary>
internal static class AzureStorageKind
{
    public const string Name = "AzureStorage";

    /// <exception cref="StartupException">Always.</exception>
    public static IClusterStorage Open(IConfigurationSection section, ClusterGrainsOptions options) => throw new StartupException(
        $"Cluster:Storage is {Name}, and this build is without it; build with -p:OrleansRuntime=cluster -p:OrleansAzureStorage=true.");
}
