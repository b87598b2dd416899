using Microsoft.Data.Sqlite;
using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Storage;

/// <summary>The prepared statements of the grain database. Used by the storage thread alone.</summary>
internal sealed class StorageCommands : IDisposable
{
    private const string ThisState = "grain_type = $type AND grain_key = $key AND state_name = $name";
    private const string ThisReminder = "grain_type = $type AND grain_key = $key AND name = $name";

    private readonly SqliteConnection _connection;
    private readonly List<SqliteCommand> _commands = [];
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _readState;
    private readonly SqliteCommand _readEtag;
    private readonly SqliteCommand _insertState;
    private readonly SqliteCommand _updateState;
    private readonly SqliteCommand _deleteState;
    private readonly SqliteCommand _readReminders;
    private readonly SqliteCommand _upsertReminder;
    private readonly SqliteCommand _deleteReminder;
    private long _version;

    public StorageCommands(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _readState = Prepare($"SELECT etag, json FROM grain_state WHERE {ThisState}", "$type", "$key", "$name");
        _readEtag = Prepare($"SELECT etag FROM grain_state WHERE {ThisState}", "$type", "$key", "$name");
        _insertState = Prepare(
            """
            INSERT INTO grain_state (grain_type, grain_key, state_name, json, etag) VALUES ($type, $key, $name, $json, $new)
            ON CONFLICT DO NOTHING
            """,
            "$type", "$key", "$name", "$json", "$new");
        _updateState = Prepare(
            $"UPDATE grain_state SET json = $json, etag = $new WHERE {ThisState} AND etag = $etag",
            "$type", "$key", "$name", "$json", "$new", "$etag");
        _deleteState = Prepare($"DELETE FROM grain_state WHERE {ThisState} AND etag = $etag", "$type", "$key", "$name", "$etag");
        _readReminders = Prepare("SELECT grain_type, grain_key, name, etag, start_ticks, period_ticks FROM reminder");
        _upsertReminder = Prepare(
            """
            INSERT INTO reminder (grain_type, grain_key, name, start_ticks, period_ticks, etag)
            VALUES ($type, $key, $name, $start, $period, $new)
            ON CONFLICT DO UPDATE SET start_ticks = $start, period_ticks = $period, etag = $new
            """,
            "$type", "$key", "$name", "$start", "$period", "$new");
        _deleteReminder = Prepare($"DELETE FROM reminder WHERE {ThisReminder} AND etag = $etag", "$type", "$key", "$name", "$etag");
    }

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();

    /// <summary>Ends a failed transaction; SQLite may have ended it already.</summary>
    public void TryRollback()
    {
        try
        {
            using var rollback = _connection.CreateCommand();
            rollback.CommandText = "ROLLBACK";
            rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // No transaction was open any more.
        }
    }

    public StoredState? ReadState(GrainId grainId, string name)
    {
        using var reader = Bind(_readState, grainId.TypeText, grainId.KeyText, name).ExecuteReader();
        return reader.Read() ? new StoredState(reader.GetInt64(0), reader.GetString(1)) : null;
    }

    /// <summary>Writes a record if its version is still <paramref name="etag"/> (null: if there is none).</summary>
    /// <returns>The new version, or null and the stored one when it is another.</returns>
    public (long? Written, long? Stored) WriteState(GrainId grainId, string name, long? etag, string json)
    {
        var version = NextVersion();
        var written = etag is null
            ? Bind(_insertState, grainId.TypeText, grainId.KeyText, name, json, version).ExecuteNonQuery()
            : Bind(_updateState, grainId.TypeText, grainId.KeyText, name, json, version, etag).ExecuteNonQuery();
        return written == 0 ? (null, ReadEtag(grainId, name)) : (version, null);
    }

    /// <summary>Deletes a record if its version is still <paramref name="etag"/>.</summary>
    public (bool Deleted, long? Stored) DeleteState(GrainId grainId, string name, long? etag)
    {
        if (etag is not null && Bind(_deleteState, grainId.TypeText, grainId.KeyText, name, etag).ExecuteNonQuery() != 0)
            return (true, null);
        var stored = ReadEtag(grainId, name);
        return (etag is null && stored is null, stored);
    }

    public List<StoredReminder> ReadReminders()
    {
        var reminders = new List<StoredReminder>();
        using var reader = _readReminders.ExecuteReader();
        while (reader.Read())
            reminders.Add(new StoredReminder(
                new GrainId(reader.GetString(0), reader.GetString(1)),
                reader.GetString(2),
                reader.GetInt64(3),
                new DateTime(reader.GetInt64(4), DateTimeKind.Utc),
                new TimeSpan(reader.GetInt64(5))));
        return reminders;
    }

    /// <returns>The new version.</returns>
    public long WriteReminder(GrainId grainId, string name, DateTime startAt, TimeSpan period)
    {
        var version = NextVersion();
        Bind(_upsertReminder, grainId.TypeText, grainId.KeyText, name, startAt.Ticks, period.Ticks, version).ExecuteNonQuery();
        return version;
    }

    /// <returns>Whether there was a reminder of this version.</returns>
    public bool DeleteReminder(GrainId grainId, string name, long etag) =>
        Bind(_deleteReminder, grainId.TypeText, grainId.KeyText, name, etag).ExecuteNonQuery() != 0;

    public void Dispose()
    {
        foreach (var command in _commands) command.Dispose();
    }

    // Grows from write to write and over restarts, so that a record that was deleted and made again never has an old version.
    private long NextVersion() => _version = Math.Max(_version + 1, DateTime.UtcNow.Ticks);

    private long? ReadEtag(GrainId grainId, string name) =>
        (long?)Bind(_readEtag, grainId.TypeText, grainId.KeyText, name).ExecuteScalar();

    private static SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command;
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        _commands.Add(command);
        return command;
    }
}
