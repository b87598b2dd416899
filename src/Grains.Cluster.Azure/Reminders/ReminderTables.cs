using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Reminders.AzureStorage;
using Orleans.Runtime.ReminderService;

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
    public Task DeleteAsync(string generation, CancellationToken cancellationToken) =>
        DeleteAsync(key => key.StartsWith(KeysOf(generation), StringComparison.Ordinal), cancellationToken);

    /// <summary>Deletes those of every other generation.</summary>
    public Task DeleteAllButAsync(string generation, CancellationToken cancellationToken) =>
        DeleteAsync(key => !key.StartsWith(KeysOf(generation), StringComparison.Ordinal), cancellationToken);

    private async Task DeleteAsync(Func<string, bool> partition, CancellationToken cancellationToken)
    {
        var client = tables.GetTableClient(table);
        var keys = client.QueryAsync<TableEntity>(
            select: [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)], cancellationToken: cancellationToken);
        await foreach (var left in keys.Where(entity => partition(entity.PartitionKey)))
            await client.DeleteEntityAsync(left.PartitionKey, left.RowKey, cancellationToken: cancellationToken);
    }

    private string ServiceOf(string generation) => $"{serviceId}-{generation}";

    // As Orleans makes them.
    private string KeysOf(string generation) => $"{ServiceOf(generation)}_";
}
