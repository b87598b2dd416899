using System.Data;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using Orleans.Runtime;
using RestateCloud.Grains.Cluster.Storage;
using RestateCloud.Grains.Records;

namespace RestateCloud.Grains.Cluster.Database;

/// <summary>What a cluster has stored in its database.</summary>
/// <param name="connectionString">The database.</param>
/// <param name="serviceId">Whose state and reminders in it.</param>
internal sealed class PostgresRecords(string connectionString, string serviceId) : IGrainRecords
{
    // A silo says that it is alive every 30 s. One that was killed still counts as active until others notice, or nobody does.
    private static readonly TimeSpan SilentWhenGone = TimeSpan.FromSeconds(90);

    public JsonSerializerOptions StateSerialization => JsonStateSerializer.Options;

    public async IAsyncEnumerable<GrainRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await RefuseWhileInUseAsync(connection, cancellationToken);

        await using var states = Command(connection, "SELECT state_name, grain_key, state::text FROM grain_state WHERE service_id = $1 ORDER BY 1, 2", serviceId);
        await using (var row = await states.ExecuteReaderAsync(cancellationToken))
        {
            while (await row.ReadAsync(cancellationToken))
            {
                var (type, name) = ExactKeyStorage.NameParts(row.GetString(0));
                yield return new StateRecord(type, ExactKeyStorage.KeyOf(row.GetString(1)), name, row.GetString(2));
            }
        }

        await using var reminders = Command(connection, "SELECT grain_id, name, start_at, period_ms FROM reminder WHERE service_id = $1 ORDER BY 1, 2", serviceId);
        await using (var row = await reminders.ExecuteReaderAsync(cancellationToken))
        {
            while (await row.ReadAsync(cancellationToken))
            {
                var grain = GrainId.Parse(row.GetString(0));
                yield return new ReminderRecord(
                    grain.Type.ToString()!, grain.Key.ToString()!, row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), TimeSpan.FromMilliseconds(row.GetInt64(3)));
            }
        }
    }

    public async Task FillAsync(IAsyncEnumerable<GrainRecord> records, Action beforeCommit, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // A silo that starts meanwhile, or another import, waits and then finds what is there.
        await using (var alone = Command(connection, "LOCK TABLE grain_state, reminder IN ACCESS EXCLUSIVE MODE")) await alone.ExecuteNonQueryAsync(cancellationToken);
        await RefuseWhileInUseAsync(connection, cancellationToken);
        await using var stored = Command(
            connection, "SELECT EXISTS (SELECT FROM grain_state WHERE service_id = $1) OR EXISTS (SELECT FROM reminder WHERE service_id = $1)", serviceId);
        if ((bool)(await stored.ExecuteScalarAsync(cancellationToken))!)
            throw new GrainRecordsException($"The cluster's database is not empty: it holds state of service '{serviceId}'. Import into one that no cloud has used yet.");

        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            await using var insert = record switch
            {
                StateRecord r => Command(
                    connection,
                    "INSERT INTO grain_state (service_id, state_name, grain_key, version, state, written_at) VALUES ($1, $2, $3, 1, $4::json, now())",
                    serviceId, ExactKeyStorage.NameOf(r.Type, r.Name), ExactKeyStorage.Exact(r.Key), r.Json),
                ReminderRecord r => Command(
                    connection,
                    "INSERT INTO reminder (service_id, grain_id, name, grain_hash, start_at, period_ms, version) VALUES ($1, $2, $3, $4, $5, $6, 1)",
                    serviceId, Id(r).ToString(), r.Name, (int)Id(r).GetUniformHashCode(), r.FirstTick.ToUniversalTime(), (long)r.Period.TotalMilliseconds),
                _ => throw new NotSupportedException($"{record.GetType()} cannot be stored."),
            };
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        beforeCommit();
        await transaction.CommitAsync(cancellationToken);
    }

    private static GrainId Id(GrainRecord record) => GrainId.Create(record.Type, record.Key);

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await ClusterDatabase.PrepareAsync(connectionString, cancellationToken);
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private async Task RefuseWhileInUseAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Of any cluster: its id may change over the same state. 6 is SiloStatus.Dead.
        await using var silos = Command(
            connection, "SELECT address || ':' || port FROM silo WHERE status <> 6 AND alive_at > now() - $1 LIMIT 1", SilentWhenGone);
        if (await silos.ExecuteScalarAsync(cancellationToken) is string silo)
        {
            throw new GrainRecordsException(
                $"The cluster's database is in use: its silo {silo} was alive within the last {SilentWhenGone.TotalSeconds:0} s. Stop every silo; of one that was killed, wait that long.");
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
