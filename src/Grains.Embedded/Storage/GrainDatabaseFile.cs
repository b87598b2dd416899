using Microsoft.Data.Sqlite;

namespace RestateCloud.Grains.Embedded.Storage;

/// <summary>Opens the SQLite file: makes it when missing, readable by its owner only, and brings its schema up to date.</summary>
internal static class GrainDatabaseFile
{
    private const int SchemaVersion = 1;
    private const int SqliteBusy = 5;
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const string Schema = """
        CREATE TABLE grain_state (
            grain_type TEXT NOT NULL,
            grain_key  TEXT NOT NULL,
            state_name TEXT NOT NULL,
            etag       INTEGER NOT NULL,
            json       TEXT NOT NULL,
            PRIMARY KEY (grain_type, grain_key, state_name)
        ) STRICT;
        CREATE TABLE reminder (
            grain_type   TEXT NOT NULL,
            grain_key    TEXT NOT NULL,
            name         TEXT NOT NULL,
            etag         INTEGER NOT NULL,
            start_ticks  INTEGER NOT NULL,
            period_ticks INTEGER NOT NULL,
            PRIMARY KEY (grain_type, grain_key, name)
        ) STRICT, WITHOUT ROWID;
        PRAGMA user_version = 1;
        """;

    /// <exception cref="GrainDatabaseException">The file cannot be made, is not a grain database, is corrupt, in use, or of a newer
    /// version.</exception>
    public static SqliteConnection Open(string path)
    {
        try
        {
            Prepare(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GrainDatabaseException($"The grain database {path} cannot be opened: {exception.Message}", exception);
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 1, // Seconds; a process that is just ending gets this long to let go.
        }.ConnectionString);
        try
        {
            connection.Open();
            Configure(connection);
            Migrate(connection, path);
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw new GrainDatabaseException(exception.SqliteErrorCode switch
            {
                SqliteBusy => $"The grain database {path} is in use by another process.",
                SqliteCorrupt or SqliteNotADatabase =>
                    $"The grain database {path} is corrupt or is not a grain database: {exception.Message} Restore it from a backup.",
                _ => $"The grain database {path} cannot be opened: {exception.Message}",
            }, exception);
        }
        catch (GrainDatabaseException)
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite gives the mode of the database to its journal files too.
    private static void Prepare(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
        if (OperatingSystem.IsWindows())
        {
            if (!File.Exists(path)) File.Create(path).Dispose();
            return;
        }
        new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            UnixCreateMode = OwnerOnly,
        }).Dispose();
        File.SetUnixFileMode(path, OwnerOnly);
    }

    // One process owns the file, so the lock is taken once and the journal needs no shared memory. FULL makes every commit durable.
    private static void Configure(SqliteConnection connection) => Execute(connection, """
        PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        BEGIN IMMEDIATE;
        COMMIT;
        """);

    private static void Migrate(SqliteConnection connection, string path)
    {
        var version = Scalar(connection, "PRAGMA user_version");
        if (version > SchemaVersion)
            throw new GrainDatabaseException(
                $"The grain database {path} was written by a newer version of this program (schema {version}, this one knows "
                + $"{SchemaVersion}). Run that version, or restore a backup.");
        if (version == SchemaVersion) return;
        if (Scalar(connection, "SELECT count(*) FROM sqlite_schema") != 0)
            throw new GrainDatabaseException($"The file {path} is a database of another program and not a grain database.");
        Execute(connection, $"BEGIN IMMEDIATE; {Schema} COMMIT;");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
