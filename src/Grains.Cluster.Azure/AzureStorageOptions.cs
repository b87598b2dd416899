namespace RestateCloud.Grains.Cluster.Azure;

/// <summary>Which storage account, and as whom: a connection string, a file that holds one, or the addresses of its services.</summary>
public sealed class AzureStorageOptions
{
    /// <summary>A connection string with the account's key or a shared access signature for blobs and tables. A secret.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>A file whose content is such a connection string. Read once, at the start.</summary>
    public string ConnectionStringFile { get; set; } = "";

    /// <summary>
    /// Where its blobs are, such as <c>https://account.blob.core.windows.net</c>. This process is known to the account by its own identity, which
    /// may read and write blobs and tables: a managed or a workload identity, or what else <c>DefaultAzureCredential</c> finds.
    /// </summary>
    public Uri? BlobServiceUri { get; set; }

    /// <summary>Where its tables are, such as <c>https://account.table.core.windows.net</c>.</summary>
    public Uri? TableServiceUri { get; set; }
}
