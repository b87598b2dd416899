using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace RestateCloud.Grains.Cluster.Azure.Generations;

/// <summary>
/// The blob that says which generation of states and reminders counts. There is another one only after an import, which writes one that does not
/// count yet and makes it count in one step. Silos that start and imports that begin write the blob again as it is: so whoever read it before
/// notices, and an import cannot take away what a silo goes by.
/// </summary>
internal sealed class GenerationBlob(BlobContainerClient container)
{
    public const string Name = "generation";

    private readonly BlobClient _blob = container.GetBlobClient(Name);

    /// <summary>The one that counts, or null where nothing was stored yet.</summary>
    public async Task<Generation?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = (await _blob.DownloadContentAsync(cancellationToken)).Value;
            return new Generation(answer.Content.ToString(), answer.Details.ETag);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <summary>The one that counts, which is made where nothing was stored yet, written again.</summary>
    public async Task<Generation> ClaimAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var seen = await FindAsync(cancellationToken);
            if (await TryWriteAsync(seen?.Id ?? Generation.NewId(), seen, cancellationToken) is { } claimed) return claimed;
        }
    }

    /// <summary>Makes another one count, or returns false when the blob was written since it was seen.</summary>
    public async Task<bool> TryReplaceAsync(Generation seen, string id, CancellationToken cancellationToken) =>
        await TryWriteAsync(id, seen, cancellationToken) is not null
        // The answer to an earlier attempt may have been lost on the way.
        || (await FindAsync(cancellationToken))?.Id == id;

    private async Task<Generation?> TryWriteAsync(string id, Generation? seen, CancellationToken cancellationToken)
    {
        var conditions = seen is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = seen.ETag };
        try
        {
            var answer = await _blob.UploadAsync(BinaryData.FromString(id), new BlobUploadOptions { Conditions = conditions }, cancellationToken);
            return new Generation(id, answer.Value.ETag);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            return null;
        }
    }
}
