using System.Diagnostics;
using Npgsql;
using RestateCloud.TestSupport;

[assembly: AssemblyFixture(typeof(RestateCloud.Grains.Cluster.Tests.Hosts.PostgresServer))]

namespace RestateCloud.Grains.Cluster.Tests.Hosts;

/// <summary>A PostgreSQL of the tests' own (Debian's package), on a unix socket in a temporary folder. Each test takes a database.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string User = "postgres";

    private static PostgresServer? _running;

    private readonly TemporaryFolder _folder = new("rc-pg-");
    private ChildProcess? _server;
    private int _databases;

    /// <summary>A connection string of a database that is empty.</summary>
    public static async Task<string> NewDatabaseAsync()
    {
        var server = _running ?? throw new InvalidOperationException("PostgreSQL was not started.");
        var name = $"test_{Interlocked.Increment(ref server._databases)}";
        await using var connection = new NpgsqlConnection(server.ConnectionString(User));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        return server.ConnectionString(name);
    }

    public async ValueTask InitializeAsync()
    {
        var programs = Directory.GetDirectories("/usr/lib/postgresql").Order().Last() + "/bin/";
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", [User, _folder.Path]);
        await RunAsync(programs + "initdb", ["--pgdata", _folder.File("data"), "--username", User, "--auth", "trust", "--no-sync"], AsUser());
        string[] settings = ["fsync=off", "listen_addresses=", $"unix_socket_directories={_folder.Path}", "max_connections=500"];
        var arguments = settings.SelectMany(setting => (string[])["-c", setting]);
        _server = Start(programs + "postgres", ["-D", _folder.File("data"), .. arguments], AsUser());
        await Eventually.HoldsAsync(AnswersAsync, "PostgreSQL answers");
        _running = this;
    }

    public async ValueTask DisposeAsync()
    {
        _running = null;
        NpgsqlConnection.ClearAllPools();
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    private string ConnectionString(string database) => $"Host={_folder.Path};Username={User};Database={database};Maximum Pool Size=10";

    // PostgreSQL refuses to be root.
    private static string[] AsUser() => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", User, "--regid", User, "--clear-groups"] : [];

    private static ChildProcess Start(string program, string[] arguments, string[] before)
    {
        string[] all = [.. before, program, .. arguments];
        return ChildProcess.Start(all[0], all[1..], folder: "/");
    }

    private static async Task RunAsync(string program, string[] arguments, string[]? before = null)
    {
        await using var process = Start(program, arguments, before ?? []);
        if (await process.ExitAsync(TimeSpan.FromMinutes(1)) != 0) throw new InvalidOperationException(process.Output);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(User));
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
