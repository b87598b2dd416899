using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using RestateCloud.Grains.Cluster.Azure.Accounts;
using RestateCloud.Grains.Cluster.Azure.Generations;
using RestateCloud.Grains.Cluster.Azure.Reminders;
using RestateCloud.Grains.Cluster.Storage;
using RestateCloud.Grains.Records;

namespace RestateCloud.Grains.Cluster.Azure.Records;

/// <summary>What a cluster has stored in its account.</summary>
internal sealed class AzureRecords(AzureStorage storage, BlobContainerClient container, TableClient silos, ReminderTables reminders) : IGrainRecords
{
    private readonly GenerationBlob _generation = new(container);
    private readonly LivingSilos _silos = new(silos);

    public JsonSerializerOptions StateSerialization => JsonStateSerializer.Options;

    public async IAsyncEnumerable<GrainRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await storage.PrepareAsync(cancellationToken);
        await AccountRequest.RunAsync(() => _silos.RefuseAnyAsync(cancellationToken));
        if (await AccountRequest.RunAsync(() => _generation.FindAsync(cancellationToken)) is not { } generation) yield break;

        await foreach (var record in RecordsOf(generation.Id).ReadAsync(cancellationToken)) yield return record;

        if (await AccountRequest.RunAsync(() => _generation.FindAsync(cancellationToken)) != generation)
            throw new GrainRecordsException("The cluster's storage is in use: a silo has started meanwhile. Stop every silo.");
    }

    public async Task FillAsync(IAsyncEnumerable<GrainRecord> records, Action beforeCommit, CancellationToken cancellationToken)
    {
        await storage.PrepareAsync(cancellationToken);
        var present = await AccountRequest.RunAsync(() => TakeEmptyAsync(cancellationToken));
        var next = RecordsOf(Generation.NewId());
        try
        {
            await next.StoreAsync(records, cancellationToken);
            await AccountRequest.RunAsync(() => _silos.RefuseAnyAsync(cancellationToken));
            beforeCommit();
        }
        catch
        {
            await next.DeleteAsync();
            throw;
        }

        if (await AccountRequest.RunAsync(() => _generation.TryReplaceAsync(present, next.Id, cancellationToken))) return;

        await next.DeleteAsync();
        throw new GrainRecordsException("The cluster's storage is in use: a silo has started meanwhile, or another import. Nothing was stored.");
    }

    // From here on no import that began earlier can end well, so what it has written and what killed ones have left may go.
    private async Task<Generation> TakeEmptyAsync(CancellationToken cancellationToken)
    {
        await _silos.RefuseAnyAsync(cancellationToken);
        var present = await _generation.ClaimAsync(cancellationToken);
        var records = RecordsOf(present.Id);
        if (await records.AnyAsync(cancellationToken))
        {
            throw new GrainRecordsException(
                $"The cluster's storage is not empty: container {container.Name} holds state. Import into one that no cloud has used yet.");
        }

        await records.DeleteAllOthersAsync(cancellationToken);
        return present;
    }

    private GenerationRecords RecordsOf(string generation) => new(generation, container, reminders);
}
