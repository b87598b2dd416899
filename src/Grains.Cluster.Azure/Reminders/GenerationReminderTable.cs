using Orleans;
using Orleans.Runtime;
using RestateCloud.Grains.Cluster.Azure.Generations;

namespace RestateCloud.Grains.Cluster.Azure.Reminders;

/// <summary>The reminders of the generation that counts, which a silo knows only some time after it asks for the table to be started.</summary>
internal sealed class GenerationReminderTable(SiloGeneration generation, Func<string, IReminderTable> open) : IReminderTable, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private Task<IReminderTable>? _table;

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken = default) => await _stopping.CancelAsync();

    public async Task<ReminderTableData> ReadRows(GrainId grainId) => await (await TableAsync()).ReadRows(grainId);

    public async Task<ReminderTableData> ReadRows(uint begin, uint end) => await (await TableAsync()).ReadRows(begin, end);

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => await (await TableAsync()).ReadRow(grainId, reminderName);

    public async Task<string?> UpsertRow(ReminderEntry entry) => await (await TableAsync()).UpsertRow(entry);

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        await (await TableAsync()).RemoveRow(grainId, reminderName, eTag);

    public async Task TestOnlyClearTable() => await (await TableAsync()).TestOnlyClearTable();

    public void Dispose() => _stopping.Dispose();

    private Task<IReminderTable> TableAsync()
    {
        lock (_lock) return _table ??= OpenAsync();
    }

    private async Task<IReminderTable> OpenAsync()
    {
        var table = open(await generation.Id);
        await table.StartAsync(_stopping.Token);
        return table;
    }
}
