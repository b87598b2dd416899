using Azure.Data.Tables;
using Orleans.Runtime;
using RestateCloud.Grains.Records;

namespace RestateCloud.Grains.Cluster.Azure.Records;

/// <summary>The silos of a service's clusters, as they wrote themselves into the membership table.</summary>
internal sealed class LivingSilos(TableClient silos)
{
    // A silo says that it is alive every 30 s. One that was killed still counts as active until others notice, or nobody does.
    private static readonly TimeSpan SilentWhenGone = TimeSpan.FromSeconds(90);

    /// <exception cref="GrainRecordsException">There is one.</exception>
    public async Task RefuseAnyAsync(CancellationToken cancellationToken)
    {
        await foreach (var page in silos.QueryAsync<TableEntity>(cancellationToken: cancellationToken).AsPages())
        {
            // Both times are the account's own.
            var now = page.GetRawResponse().Headers.Date ?? DateTimeOffset.UtcNow;
            if (page.Values.FirstOrDefault(entity => IsAlive(entity, now)) is { } silo)
            {
                throw new GrainRecordsException(
                    $"The cluster's storage is in use: its silo {silo["Address"]}:{silo["Port"]} was alive within the last "
                    + $"{SilentWhenGone.TotalSeconds:0} s. Stop every silo; of one that was killed, wait that long.");
            }
        }
    }

    // Entities that count the table's versions have no status.
    private static bool IsAlive(TableEntity entity, DateTimeOffset now) =>
        entity.GetString("Status") is { } status && status != nameof(SiloStatus.Dead) && entity.Timestamp > now - SilentWhenGone;
}
