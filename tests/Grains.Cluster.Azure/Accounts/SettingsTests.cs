using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Cluster.Azure.Tests.Accounts;

public sealed class SettingsTests
{
    private const string Key = "aGlkZGVuIGtleSBvZiBhbiBhY2NvdW50";

    [Theory]
    [InlineData("", "exactly one")]
    [InlineData("nonsense=" + Key, "does not give a connection string")]
    [InlineData(Key, "does not give a connection string")]
    [InlineData("AccountName=a;AccountKey=not base 64 " + Key, "does not give a connection string")]
    [InlineData("BlobEndpoint=https://a.example;SharedAccessSignature=sig=" + Key, "does not give a connection string")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=a;AccountKey=" + Key, "without https")]
    [InlineData("AccountName=a;AccountKey=" + Key + ";BlobEndpoint=https://a.example;TableEndpoint=http://a.example", "without https")]
    public void A_connection_string_that_cannot_be_used_is_refused_and_not_shown(string connectionString, string why)
    {
        var refusal = Refused(new AzureStorageOptions { ConnectionString = connectionString });

        Assert.Contains(why, refusal.Message);
        Assert.DoesNotContain(Key, refusal.ToString());
    }

    [Fact]
    public void An_account_is_named_in_one_way()
    {
        const string Connection = "AccountName=a;AccountKey=" + Key;
        var (blobs, tables) = (new Uri("https://a.blob.core.windows.net"), new Uri("https://a.table.core.windows.net"));

        Refused(new AzureStorageOptions { ConnectionString = Connection, ConnectionStringFile = "/a" });
        Refused(new AzureStorageOptions { ConnectionString = Connection, BlobServiceUri = blobs, TableServiceUri = tables });
        Refused(new AzureStorageOptions { BlobServiceUri = blobs });
        Refused(new AzureStorageOptions { BlobServiceUri = new Uri("http://a.blob.core.windows.net"), TableServiceUri = tables });
        Open(new AzureStorageOptions { ConnectionString = Connection });
        Open(new AzureStorageOptions { BlobServiceUri = blobs, TableServiceUri = tables });
    }

    [Fact]
    public async Task A_connection_string_may_be_the_content_of_a_file()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("account"), $"AccountName=a;AccountKey={Key}\n");

        Open(new AzureStorageOptions { ConnectionStringFile = folder.File("account") });

        Assert.Contains(folder.File("none"), Refused(new AzureStorageOptions { ConnectionStringFile = folder.File("none") }).Message);
    }

    [Theory]
    [InlineData("UPPER", "cluster")]
    [InlineData("two--hyphens", "cluster")]
    [InlineData("9lives", "cluster")]
    [InlineData("line\n", "cluster")]
    [InlineData("service", "a/b")]
    [InlineData("service", "")]
    public void Ids_that_are_no_names_in_an_account_are_refused(string service, string cluster) => Assert.Throws<ClusterSettingsException>(() => AzureStorage.Open(
        new AzureStorageOptions { ConnectionString = "AccountName=a;AccountKey=" + Key }, new ClusterGrainsOptions { ServiceId = service, ClusterId = cluster }));

    private static ClusterSettingsException Refused(AzureStorageOptions options) => Assert.Throws<ClusterSettingsException>(() => Open(options));

    private static void Open(AzureStorageOptions options) => AzureStorage.Open(options, new ClusterGrainsOptions());
}
