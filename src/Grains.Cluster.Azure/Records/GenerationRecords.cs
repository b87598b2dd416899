using System.Runtime.CompilerServices;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Runtime;
using RestateCloud.Grains.Cluster.Azure.Accounts;
using RestateCloud.Grains.Cluster.Azure.Reminders;
using RestateCloud.Grains.Cluster.Azure.State;
using RestateCloud.Grains.Records;

namespace RestateCloud.Grains.Cluster.Azure.Records;

/// <summary>The states and reminders of one generation.</summary>
internal sealed class GenerationRecords(string generation, BlobContainerClient container, ReminderTables reminders)
{
    // Requests under way at the same time.
    private const int AtOnce = 16;

    public string Id => generation;

    /// <summary>All of them: states by name, then reminders.</summary>
    /// <exception cref="ClusterStorageException">The account refused, or did not answer.</exception>
    public async IAsyncEnumerable<GrainRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var names in (await AccountRequest.RunAsync(() => BlobsAsync(BlobName.Prefix(generation), cancellationToken))).Chunk(AtOnce))
        {
            foreach (var state in await AccountRequest.RunAsync(() => Task.WhenAll(names.Select(name => StateAsync(name, cancellationToken)))))
                yield return state;
        }

        foreach (var reminder in await AccountRequest.RunAsync(() => RemindersAsync(cancellationToken))) yield return reminder;
    }

    /// <summary>Adds to what is there, which has none of these.</summary>
    /// <exception cref="ClusterStorageException">The account refused, or did not answer.</exception>
    public async Task StoreAsync(IAsyncEnumerable<GrainRecord> records, CancellationToken cancellationToken)
    {
        var table = await AccountRequest.RunAsync(() => ReminderTableAsync(cancellationToken));
        await Parallel.ForEachAsync(
            records,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (record, cancellation) => await AccountRequest.RunAsync(() => record switch
            {
                StateRecord state => StoreAsync(state, cancellation),
                ReminderRecord reminder => StoreAsync(reminder, table),
                _ => throw new NotSupportedException($"{record.GetType()} cannot be stored."),
            }));
    }

    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, BlobName.Prefix(generation), cancellationToken)) return true;
        return (await RemindersAsync(cancellationToken)).Count > 0;
    }

    /// <summary>Deletes them as far as the account lets it; what is left counts for nothing, and the next import deletes it.</summary>
    public async Task DeleteAsync()
    {
        try
        {
            await AccountRequest.RunAsync(async () =>
            {
                await DeleteAsync(await BlobsAsync(BlobName.Prefix(generation), CancellationToken.None), CancellationToken.None);
                await reminders.DeleteAsync(generation, CancellationToken.None);
            });
        }
        catch (ClusterStorageException)
        {
            // Why they are to be deleted is what matters.
        }
    }

    /// <summary>Deletes those of every other generation.</summary>
    public async Task DeleteAllOthersAsync(CancellationToken cancellationToken)
    {
        var blobs = await BlobsAsync(prefix: null, cancellationToken);
        await DeleteAsync(blobs.Where(name => BlobName.GenerationOf(name) is { } other && other != generation), cancellationToken);
        await reminders.DeleteAllButAsync(generation, cancellationToken);
    }

    private async Task<List<string>> BlobsAsync(string? prefix, CancellationToken cancellationToken) =>
        await container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken)
            .Select(blob => blob.Name)
            .ToListAsync(cancellationToken);

    private Task DeleteAsync(IEnumerable<string> blobs, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        blobs,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (name, cancellation) => await container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellation));

    private async Task<GrainRecord> StateAsync(string name, CancellationToken cancellationToken)
    {
        var content = (await container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content;
        var (type, state, key) = BlobName.Parts(generation, name);
        return new StateRecord(type, key, state, content.ToString());
    }

    private async Task<List<GrainRecord>> RemindersAsync(CancellationToken cancellationToken)
    {
        var all = await (await ReminderTableAsync(cancellationToken)).ReadRows(0, 0);
        return
        [
            .. from entry in all.Reminders
               let grain = entry.GrainId
               orderby grain.ToString(), entry.ReminderName
               select new ReminderRecord(grain.Type.ToString()!, grain.Key.ToString()!, entry.ReminderName, entry.StartAt, entry.Period),
        ];
    }

    private Task StoreAsync(StateRecord record, CancellationToken cancellationToken) => container
        .GetBlobClient(BlobName.Of(generation, record.Type, record.Name, record.Key))
        .UploadAsync(BinaryData.FromString(record.Json), cancellationToken);

    private static async Task StoreAsync(ReminderRecord record, IReminderTable table) => _ = await table.UpsertRow(new ReminderEntry
    {
        GrainId = GrainId.Create(record.Type, record.Key),
        ReminderName = record.Name,
        StartAt = record.FirstTick.UtcDateTime,
        Period = record.Period,
    }) ?? throw new ClusterStorageException($"The reminder {record.Name} of {record.Type} {record.Key} could not be stored.");

    private async Task<IReminderTable> ReminderTableAsync(CancellationToken cancellationToken)
    {
        var table = reminders.Open(generation, NullLoggerFactory.Instance);
        await table.StartAsync(cancellationToken);
        return table;
    }
}
