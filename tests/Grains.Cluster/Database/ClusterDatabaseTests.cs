using Npgsql;
using RestateCloud.Grains.Cluster.Database;
using RestateCloud.Grains.Cluster.Tests.Hosts;

namespace RestateCloud.Grains.Cluster.Tests.Database;

public sealed class ClusterDatabaseTests
{
    [Fact]
    public async Task Members_that_start_together_make_the_tables_once()
    {
        var database = await PostgresServer.NewDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ClusterDatabase.PrepareAsync(database, default))));

        Assert.Equal(1L, await ScalarAsync(database, "SELECT count(*) FROM cluster_schema"));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        var database = await PostgresServer.NewDatabaseAsync();
        await ScalarAsync(database, "CREATE TABLE cluster_schema (version integer); INSERT INTO cluster_schema VALUES (99)");

        var refusal = await Assert.ThrowsAsync<ClusterStorageException>(() => ClusterDatabase.PrepareAsync(database, default));

        Assert.Contains("newer version", refusal.Message);
        Assert.Equal(1L, await ScalarAsync(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Theory]
    [InlineData("Host=/nowhere;Username=nobody;Password=hidden;Database=none")]
    [InlineData("Nonsense=hidden")]
    public async Task A_database_that_cannot_be_used_is_named_without_its_password(string connectionString)
    {
        var refusal = await Assert.ThrowsAsync<ClusterStorageException>(() => ClusterDatabase.PrepareAsync(connectionString, default));

        Assert.StartsWith("The cluster's database cannot be used: ", refusal.Message);
        Assert.DoesNotContain("hidden", refusal.Message);
    }

    private static async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
