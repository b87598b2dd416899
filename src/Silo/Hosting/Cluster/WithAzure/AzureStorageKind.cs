using RestateCloud.Grains.Cluster;
using RestateCloud.Grains.Cluster.Azure;

namespace RestateCloud.Silo.Hosting;

/// <summary>Azure Storage, of configuration section <c>Cluster:AzureStorage</c>.</summary>
internal static class AzureStorageKind
{
    public const string Name = "AzureStorage";

    /// <exception cref="ClusterSettingsException">A setting is missing or cannot be used.</exception>
    public static IClusterStorage Open(IConfigurationSection section, ClusterGrainsOptions options) =>
        AzureStorage.Open(section.Get<AzureStorageOptions>() ?? new AzureStorageOptions(), options);
}
