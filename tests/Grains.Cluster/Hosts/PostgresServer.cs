using Npgsql;
using RestateCloud.TestSupport;

[assembly: AssemblyFixture(typeof(RestateCloud.Grains.Cluster.Tests.Hosts.PostgresServer))]

namespace RestateCloud.Grains.Cluster.Tests.Hosts;

/// <summary>The PostgreSQL of all tests, started when the first of them or another fixture takes a database.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<Postgres>> Running = new(Postgres.StartAsync);

    /// <summary>A connection string of a database that is empty.</summary>
    public static async Task<string> NewDatabaseAsync() => await (await Running.Value).NewDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (Running.IsValueCreated) await (await Running.Value).DisposeAsync();
    }
}
