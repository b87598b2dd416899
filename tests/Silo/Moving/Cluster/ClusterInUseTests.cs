using Npgsql;
using RestateCloud.Grains.Records;
using RestateCloud.Silo.Tests.Hosting;

namespace RestateCloud.Silo.Tests.Moving;

public sealed class ClusterInUseTests
{
    [Fact]
    public async Task A_cluster_with_a_silo_that_was_alive_just_now_is_left_alone()
    {
        using var cloud = await TestCloud.NewAsync();
        Assert.Empty(await cloud.RecordsAsync());
        await ExecuteAsync(cloud, """
            INSERT INTO cluster VALUES ('restate-cloud', 1, now());
            INSERT INTO silo VALUES ('restate-cloud', '10.1.2.3', 11111, 1, 's', 'h', 3, 30000, NULL, now(), now())
            """);

        Assert.Contains("10.1.2.3:11111", (await Assert.ThrowsAsync<GrainRecordsException>(cloud.RecordsAsync)).Message);
        await Assert.ThrowsAsync<GrainRecordsException>(() => cloud.FillAsync([]));

        await ExecuteAsync(cloud, "UPDATE silo SET alive_at = now() - interval '2 minutes'");
        await cloud.FillAsync([]);
        await ExecuteAsync(cloud, "UPDATE silo SET alive_at = now(), status = 6");
        await cloud.FillAsync([]);
    }

    private static async Task ExecuteAsync(TestCloud cloud, string sql)
    {
        await using var connection = new NpgsqlConnection(cloud.Settings[0]["--Cluster:ConnectionString=".Length..]);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
