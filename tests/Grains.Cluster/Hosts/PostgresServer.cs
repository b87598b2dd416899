using Npgsql;
using RestateCloud.TestSupport;

[assembly: AssemblyFixture(typeof(RestateCloud.Grains.Cluster.Tests.Hosts.PostgresServer))]

namespace RestateCloud.Grains.Cluster.Tests.Hosts;

/// <summary>The PostgreSQL of all tests. Each test takes a database.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static Postgres? _running;

    /// <summary>A connection string of a database that is empty.</summary>
    public static Task<string> NewDatabaseAsync() =>
        _running?.NewDatabaseAsync() ?? throw new InvalidOperationException("PostgreSQL was not started.");

    public async ValueTask InitializeAsync() => _running = await Postgres.StartAsync();

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_running is not null) await _running.DisposeAsync();
        _running = null;
    }
}
