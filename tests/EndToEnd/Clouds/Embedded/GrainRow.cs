using Microsoft.Data.Sqlite;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>Something that the cloud keeps of a grain: its state or a reminder.</summary>
public sealed record GrainRow(string Table, string GrainType, string GrainKey)
{
    private const string Query = "select 'state', grain_type, grain_key from grain_state union all select 'reminder', grain_type, grain_key from reminder";

    /// <summary>Everything that a data folder keeps. The cloud holds the database for itself while it runs, so a copy is read.</summary>
    public static async Task<IReadOnlyList<GrainRow>> AllOfAsync(string dataFolder)
    {
        using var copy = new TemporaryFolder("rc-rows-");
        foreach (var path in Directory.EnumerateFiles(dataFolder, "grains.db*")) File.Copy(path, copy.File(Path.GetFileName(path)));
        var file = new SqliteConnectionStringBuilder { DataSource = copy.File("grains.db"), Pooling = false };
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Query;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<GrainRow>();
        while (await reader.ReadAsync()) rows.Add(new GrainRow(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return rows;
    }
}
