using Microsoft.Data.Sqlite;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Storage;

public sealed class StateJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("grains.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_that_state_holds_is_read_back()
    {
        await using (var host = await EmbeddedHost.StartAsync(Database)) await host.Grains.GetGrain<IFolderGrain>("a").Write();

        await using var again = await EmbeddedHost.StartAsync(Database);

        Assert.Equal("one,two|Shared|three 0102 01:00:00|1", await again.Grains.GetGrain<IFolderGrain>("a").Read());
    }

    [Fact]
    public async Task Members_that_the_type_no_longer_has_are_ignored_and_new_ones_get_their_default()
    {
        await (await EmbeddedHost.StartAsync(Database)).DisposeAsync();
        Store("""{"Files":["kept"],"Removed":{"deep":[1]},"Entries":[{"Name":"n","Hash":"AQ==","Removed":1}]}""");

        await using var host = await EmbeddedHost.StartAsync(Database);

        Assert.Equal("kept|Private|n 01 |0", await host.Grains.GetGrain<IFolderGrain>("a").Read());
    }

    [Fact]
    public async Task State_that_cannot_be_read_fails_the_call_with_the_grain_and_the_state_in_the_message()
    {
        await (await EmbeddedHost.StartAsync(Database)).DisposeAsync();
        Store("""{"Files": 17}""");

        await using var host = await EmbeddedHost.StartAsync(Database);

        var failure = await Assert.ThrowsAsync<OrleansException>(() => host.Grains.GetGrain<IFolderGrain>("a").Read());
        Assert.Contains("\"folder\" of folder/a", failure.Message);
    }

    private void Store(string json)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO grain_state VALUES ('folder', 'a', 'folder', 1, $json)";
        command.Parameters.AddWithValue("$json", json);
        command.ExecuteNonQuery();
    }
}
