using System.Globalization;
using Azure.Storage.Blobs;

namespace RestateCloud.Grains.Cluster.Azure.Accounts;

/// <summary>How a service's container and tables are laid out; the container says which version of it they have.</summary>
internal static class StorageVersion
{
    private const string Key = "schema";

    private const int Present = 1;

    /// <summary>Makes the container where it is missing; whoever else does so at once finds it made.</summary>
    /// <exception cref="ClusterStorageException">It is of a newer version.</exception>
    public static async Task PrepareAsync(BlobContainerClient container, CancellationToken cancellationToken)
    {
        var version = new Dictionary<string, string> { [Key] = Present.ToString(CultureInfo.InvariantCulture) };
        await container.CreateIfNotExistsAsync(metadata: version, cancellationToken: cancellationToken);
        var properties = (await container.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
        // An operator may have made it.
        if (!properties.Metadata.TryGetValue(Key, out var found))
        {
            await container.SetMetadataAsync(version, cancellationToken: cancellationToken);
            return;
        }

        if (!int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > Present)
        {
            throw new ClusterStorageException(
                $"The container {container.Name} was made by a newer version of this program (schema {found}, this one knows {Present}). "
                + "Run that version.");
        }
    }
}
