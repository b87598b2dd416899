using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Reminders.AzureStorage;
using Orleans.Runtime.ReminderService;
using RestateCloud.Grains.Cluster.Azure.Generations;

namespace RestateCloud.Grains.Cluster.Azure.Reminders;

/// <summary>The reminders of a service, in a table of its own; each generation's are for Orleans those of a service.</summary>
internal sealed class ReminderTables(TableServiceClient tables, string table, string serviceId, string clusterId)
{
    /// <summary>Those of a generation. It must be started.</summary>
    public AzureBasedReminderTable Open(string generation, ILoggerFactory logging) => new(
        logging,
        Options.Create(new ClusterOptions { ServiceId = ServiceOf(generation), ClusterId = clusterId }),
        Options.Create(new AzureTableReminderStorageOptions { TableServiceClient = tables, TableName = table }));

    /// <summary>Deletes those of a generation.</summary>
    public Task DeleteAsync(string generation, CancellationToken cancellationToken) => DeleteAsync(found => found == generation, cancellationToken);

    /// <summary>Deletes those of every other generation of the service.</summary>
    public Task DeleteAllButAsync(string generation, CancellationToken cancellationToken) =>
        DeleteAsync(found => found != generation, cancellationToken);

    private async Task DeleteAsync(Func<string, bool> generation, CancellationToken cancellationToken)
    {
        var client = tables.GetTableClient(table);
        var keys = client.QueryAsync<TableEntity>(
            select: [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)], cancellationToken: cancellationToken);
        await foreach (var key in keys.Where(key => GenerationOf(key.PartitionKey) is { } found && generation(found)))
            await client.DeleteEntityAsync(key.PartitionKey, key.RowKey, cancellationToken: cancellationToken);
    }

    private string ServiceOf(string generation) => $"{serviceId}-{generation}";

    // Orleans' keys are the service, an underscore and a number. Services of almost the same name share a table.
    private string? GenerationOf(string key) =>
        key.Split('_')[0] is var service
        && service.StartsWith($"{serviceId}-", StringComparison.Ordinal)
        && service[(serviceId.Length + 1)..] is var generation
        && Generation.IsId(generation)
            ? generation
            : null;
}
