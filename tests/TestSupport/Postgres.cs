namespace RestateCloud.TestSupport;

/// <summary>A PostgreSQL of a test's own (Debian's package), on a unix socket in a temporary folder.</summary>
public sealed class Postgres : IAsyncDisposable
{
    private const string User = "postgres";
    private const string Kind = "rc-pg-";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly string Programs = Directory.GetDirectories("/usr/lib/postgresql").Order().Last() + "/bin/";

    private readonly TemporaryFolder _folder = new(AbandonedFolders.PrefixOf(Kind));
    private readonly bool _durable;
    private ChildProcess? _server;
    private int _databases;

    static Postgres() => AbandonedFolders.Remove(Kind, "postgres");

    private Postgres(bool durable) => _durable = durable;

    public static Task<Postgres> StartAsync() => StartAsync(durable: false);

    /// <param name="durable">Whether what is committed survives the machine too, as operators have it; tests are faster without.</param>
    public static async Task<Postgres> StartAsync(bool durable)
    {
        var postgres = new Postgres(durable);
        try
        {
            if (Environment.IsPrivilegedProcess) await RunAsync("chown", [User, postgres._folder.Path]);
            await RunAsync([.. AsUser, Programs + "initdb", "--pgdata", postgres.Data, "--username", User, "--auth", "trust", "--no-sync"]);
            await postgres.StartServerAsync();
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection string of a database that is empty.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await RunAsync(Programs + "createdb", ["--host", _folder.Path, "--username", User, name]);
        return $"Host={_folder.Path};Username={User};Database={name};Maximum Pool Size=10;Connection Idle Lifetime=10";
    }

    /// <summary>SIGKILL to the server, whose sessions end with it, and a new one over the same data.</summary>
    /// <param name="whileGone">What is done between the two.</param>
    public async Task KillAndStartAsync(Func<Task> whileGone)
    {
        await _server!.DisposeAsync();
        await whileGone();
        await StartServerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    private string Data => _folder.File("data");

    // PostgreSQL refuses to be root.
    private static string[] AsUser => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", User, "--regid", User, "--clear-groups"] : [];

    private async Task StartServerAsync()
    {
        string[] settings = [$"fsync={(_durable ? "on" : "off")}", "listen_addresses=", $"unix_socket_directories={_folder.Path}", "max_connections=500"];
        _server = Start([.. AsUser, Programs + "postgres", "-D", Data, .. settings.SelectMany(setting => (string[])["-c", setting])]);
        await Eventually.HoldsAsync(AnswersAsync, "PostgreSQL answers", Limit);
    }

    private async Task<bool> AnswersAsync()
    {
        if (_server!.HasExited) throw new InvalidOperationException($"PostgreSQL ended:\n{_server.Output}");
        await using var question = Start([Programs + "pg_isready", "--quiet", "--host", _folder.Path]);
        return await question.ExitAsync(Limit) == 0;
    }

    private static Task RunAsync(string program, string[] arguments) => RunAsync([program, .. arguments]);

    private static async Task RunAsync(string[] command)
    {
        await using var process = Start(command);
        if (await process.ExitAsync(Limit) != 0) throw new InvalidOperationException(process.Output);
    }

    private static ChildProcess Start(string[] command) => ChildProcess.Start(command[0], command[1..], folder: "/");
}
