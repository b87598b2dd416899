using RestateCloud.Grains.Cluster.Azure.Tests.Hosts;

namespace RestateCloud.Silo.Tests.Hosting;

/// <summary>Where the clouds of these tests store what they have: in an account each.</summary>
internal static class Storage
{
    /// <summary>The settings of a cloud that has stored nothing yet.</summary>
    public static async Task<string[]> NewAsync() =>
        ["--Cluster:Storage=AzureStorage", $"--Cluster:AzureStorage:ConnectionString={await AzuriteServer.NewAccountAsync()}"];
}
