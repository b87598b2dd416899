using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace RestateCloud.Grains.Cluster.Azure.Accounts;

/// <summary>The two services of a storage account that are used.</summary>
internal sealed record StorageAccount(BlobServiceClient Blobs, TableServiceClient Tables)
{
    // A caller waits 30 s for a grain: an account that does not answer is asked again within that time.
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(8);
    private const int Retries = 3;

    /// <exception cref="ClusterSettingsException">The settings do not name an account, or more than one.</exception>
    public static StorageAccount Open(AzureStorageOptions options)
    {
        var byUri = options.BlobServiceUri is not null || options.TableServiceUri is not null;
        var ways = (options.ConnectionString.Length > 0 ? 1 : 0) + (options.ConnectionStringFile.Length > 0 ? 1 : 0) + (byUri ? 1 : 0);
        if (ways != 1)
        {
            throw new ClusterSettingsException(
                $"Of Cluster:AzureStorage exactly one is to be set: {nameof(options.ConnectionString)}, {nameof(options.ConnectionStringFile)}, "
                + $"or {nameof(options.BlobServiceUri)} with {nameof(options.TableServiceUri)}.");
        }

        var account = byUri ? ByIdentity(options)
            : options.ConnectionString.Length > 0 ? BySecret(options.ConnectionString, nameof(options.ConnectionString))
            : BySecret(Content(options.ConnectionStringFile), nameof(options.ConnectionStringFile));
        foreach (var uri in (Uri[])[account.Blobs.Uri, account.Tables.Uri])
        {
            if (!IsHttps(uri) && !uri.IsLoopback)
            {
                throw new ClusterSettingsException(
                    $"Cluster:AzureStorage leads to {uri.Scheme}://{uri.Host}; without https an account is used on loopback only.");
            }
        }

        return account;
    }

    private static StorageAccount ByIdentity(AzureStorageOptions options)
    {
        if (options is not { BlobServiceUri: { } blobs, TableServiceUri: { } tables } || !IsHttps(blobs) || !IsHttps(tables))
        {
            throw new ClusterSettingsException(
                $"Cluster:AzureStorage needs both {nameof(options.BlobServiceUri)} and {nameof(options.TableServiceUri)}, each like https://….");
        }

        var identity = new DefaultAzureCredential();
        return new StorageAccount(
            new BlobServiceClient(blobs, identity, Patient(new BlobClientOptions())),
            new TableServiceClient(tables, identity, Patient(new TableClientOptions())));
    }

    private static bool IsHttps(Uri uri) => uri.IsAbsoluteUri && uri.Scheme == Uri.UriSchemeHttps;

    private static StorageAccount BySecret(string connectionString, string setting)
    {
        try
        {
            return new StorageAccount(
                new BlobServiceClient(connectionString, Patient(new BlobClientOptions())),
                new TableServiceClient(connectionString, Patient(new TableClientOptions())));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            // What these say may hold a part of the secret.
            throw new ClusterSettingsException(
                $"Cluster:AzureStorage:{setting} does not give a connection string of a storage account with blobs and tables.");
        }
    }

    private static string Content(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ClusterSettingsException(
                $"Cluster:AzureStorage:{nameof(AzureStorageOptions.ConnectionStringFile)} cannot be read: {exception.Message}", exception);
        }
    }

    private static T Patient<T>(T options) where T : ClientOptions
    {
        (options.Retry.NetworkTimeout, options.Retry.MaxRetries, options.Retry.Delay) = (NetworkTimeout, Retries, TimeSpan.FromSeconds(0.3));
        return options;
    }
}
