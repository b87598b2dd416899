using Npgsql;

namespace RestateCloud.Grains.Cluster.Database;

/// <summary>Brings the tables of a PostgreSQL database to what this version needs. Members that start together take turns.</summary>
internal static class ClusterDatabase
{
    private const int SchemaVersion = 1;

    // Any number that no other program uses in this database; here the first bytes of "restate".
    private const long AdvisoryLock = 0x72657374617465;

    /// <exception cref="ClusterStorageException">It cannot be reached, or is of a newer version.</exception>
    public static async Task PrepareAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({AdvisoryLock})", cancellationToken);
            await MigrateAsync(connection, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or ArgumentException)
        {
            throw new ClusterStorageException($"The cluster's database cannot be used: {exception.Message}", exception);
        }
    }

    private static async Task MigrateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS cluster_schema (version integer NOT NULL)", cancellationToken);
        await using var read = new NpgsqlCommand("SELECT max(version) FROM cluster_schema", connection);
        var version = await read.ExecuteScalarAsync(cancellationToken) as int? ?? 0;
        if (version > SchemaVersion)
        {
            throw new ClusterStorageException(
                $"The cluster's database was made by a newer version of this program (schema {version}, this one knows {SchemaVersion}). "
                + "Run that version, or restore a backup.");
        }

        if (version == SchemaVersion) return;

        await ExecuteAsync(connection, ClusterTables.Sql, cancellationToken);
        foreach (var (key, text) in MembershipQueries.All.Concat(StateQueries.All).Concat(ReminderQueries.All))
        {
            await using var insert = new NpgsqlCommand("INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ($1, $2)", connection);
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await ExecuteAsync(connection, $"INSERT INTO cluster_schema (version) VALUES ({SchemaVersion})", cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
