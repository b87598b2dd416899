using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using RestateCloud.Grains.Embedded.Tests.Crashes;
using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class DatabaseFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("data", "grains.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_file_its_journal_and_its_folder_belong_to_their_owner_alone()
    {
        await using var host = await EmbeddedHost.StartAsync(Database);
        await host.Grains.GetGrain<ITallyGrain>("a").Increment();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("data")));
        var files = Directory.GetFiles(_folder.File("data"));
        Assert.Contains(Database + "-wal", files);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_file_that_others_could_read_is_closed_to_them()
    {
        await (await EmbeddedHost.StartAsync(Database)).DisposeAsync();
        File.SetUnixFileMode(Database, (UnixFileMode)0b110_100_100);

        await using var host = await EmbeddedHost.StartAsync(Database);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Database));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(_folder.File("data"));
        var noise = new byte[8192];
        new Random(1).NextBytes(noise);
        File.WriteAllBytes(Database, noise);

        var refusal = await Assert.ThrowsAsync<GrainDatabaseException>(() => EmbeddedHost.StartAsync(Database));

        Assert.Contains(Database, refusal.Message);
        Assert.Contains("corrupt", refusal.Message);
        Assert.Equal(noise, File.ReadAllBytes(Database));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await (await EmbeddedHost.StartAsync(Database)).DisposeAsync();
        Execute("PRAGMA user_version = 99");

        var refusal = await Assert.ThrowsAsync<GrainDatabaseException>(() => EmbeddedHost.StartAsync(Database));

        Assert.Contains("newer version", refusal.Message);
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused()
    {
        Directory.CreateDirectory(_folder.File("data"));
        Execute("CREATE TABLE theirs (id INTEGER)");

        var refusal = await Assert.ThrowsAsync<GrainDatabaseException>(() => EmbeddedHost.StartAsync(Database));

        Assert.Contains("another program", refusal.Message);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_refused()
    {
        File.WriteAllText(_folder.File("data"), "a file where the folder should be");

        var refusal = await Assert.ThrowsAsync<GrainDatabaseException>(() => EmbeddedHost.StartAsync(Database));

        Assert.Contains("cannot be opened", refusal.Message);
    }

    [Fact]
    public async Task A_database_in_use_is_refused_to_a_second_host()
    {
        await using var first = await EmbeddedHost.StartAsync(Database);

        var refusal = await Assert.ThrowsAsync<GrainDatabaseException>(() => EmbeddedHost.StartAsync(Database));

        Assert.Contains("in use", refusal.Message);
        Assert.Equal(1, await first.Grains.GetGrain<ITallyGrain>("a").Increment());
    }

    [Fact]
    public async Task Cleared_state_leaves_no_row()
    {
        await using (var host = await EmbeddedHost.StartAsync(Database))
        {
            var grain = host.Grains.GetGrain<IFolderGrain>("a");
            await grain.Write();
            await grain.Clear();
        }

        Assert.Equal(0L, Execute("SELECT count(*) FROM grain_state"));
    }

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
