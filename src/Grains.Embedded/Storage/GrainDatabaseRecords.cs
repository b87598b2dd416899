using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RestateCloud.Grains.Embedded.Storage;
using RestateCloud.Grains.Records;

namespace RestateCloud.Grains.Embedded;

/// <summary>What the embedded host has stored in its SQLite file, whose lock keeps a running host away.</summary>
/// <param name="path">The file; made when missing.</param>
public sealed class GrainDatabaseRecords(string path) : IGrainRecords
{
    private const long FirstVersion = 1;

    /// <inheritdoc/>
    public JsonSerializerOptions StateSerialization { get; } = StateJson.CreateOptions();

    /// <inheritdoc/>
    /// <exception cref="GrainDatabaseException">The file cannot be used.</exception>
    public async IAsyncEnumerable<GrainRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = GrainDatabaseFile.Open(path);
        await using var states = Command(connection, "SELECT grain_type, grain_key, state_name, json FROM grain_state ORDER BY 1, 2, 3");
        await using var state = await states.ExecuteReaderAsync(cancellationToken);
        while (await state.ReadAsync(cancellationToken))
            yield return new StateRecord(state.GetString(0), state.GetString(1), state.GetString(2), state.GetString(3));

        await using var reminders = Command(connection, "SELECT grain_type, grain_key, name, start_ticks, period_ticks FROM reminder ORDER BY 1, 2, 3");
        await using var reminder = await reminders.ExecuteReaderAsync(cancellationToken);
        while (await reminder.ReadAsync(cancellationToken))
        {
            yield return new ReminderRecord(
                reminder.GetString(0),
                reminder.GetString(1),
                reminder.GetString(2),
                new DateTimeOffset(reminder.GetInt64(3), TimeSpan.Zero),
                new TimeSpan(reminder.GetInt64(4)));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="GrainDatabaseException">The file cannot be used.</exception>
    public async Task FillAsync(IAsyncEnumerable<GrainRecord> records, Action beforeCommit, CancellationToken cancellationToken)
    {
        await using var connection = GrainDatabaseFile.Open(path);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var stored = Command(connection, "SELECT EXISTS (SELECT 1 FROM grain_state) OR EXISTS (SELECT 1 FROM reminder)");
        if ((long)(await stored.ExecuteScalarAsync(cancellationToken))! != 0)
            throw new GrainRecordsException($"The grain database {path} is not empty; import into a data folder that no cloud has used yet.");

        await using var state = Command(connection, "INSERT INTO grain_state (grain_type, grain_key, state_name, json, etag) VALUES ($1, $2, $3, $4, $5)");
        await using var reminder = Command(connection, "INSERT INTO reminder (grain_type, grain_key, name, start_ticks, period_ticks, etag) VALUES ($1, $2, $3, $4, $5, $6)");
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            await (record switch
            {
                StateRecord r => InsertAsync(state, [r.Type, r.Key, r.Name, r.Json, FirstVersion], cancellationToken),
                ReminderRecord r => InsertAsync(reminder, [r.Type, r.Key, r.Name, r.FirstTick.UtcTicks, r.Period.Ticks, FirstVersion], cancellationToken),
                _ => throw new NotSupportedException($"{record.GetType()} cannot be stored."),
            });
        }

        beforeCommit();
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task InsertAsync(SqliteCommand command, object[] values, CancellationToken cancellationToken)
    {
        command.Parameters.Clear();
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i + 1}", values[i]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
