using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests.Clusters;

/// <summary>Silos and gateways of one cluster on this machine, over a PostgreSQL of their own; nothing of it is left after the test.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private const string Kind = "rc-cluster-";
    private const string Environments = "environments-of-all";

    private readonly TemporaryFolder _folder = new(AbandonedFolders.PrefixOf(Kind));
    private readonly List<ReservedPort> _ports = [];
    private readonly string[] _settings;

    static TestCluster() => AbandonedFolders.Remove(Kind, "dotnet", folder =>
    {
        foreach (var server in ServerProcess.Of(Path.Combine(folder, Environments))) server.Kill();
    });

    private TestCluster(Postgres database, string connectionString, string[] settings)
    {
        Database = database;
        _settings =
        [
            $"--Cluster:ConnectionString={connectionString}",
            "--Cluster:AdvertisedAddress=127.0.0.1",
            $"--Keys={_folder.File("keys")}",
            $"--Local:DataFolder={_folder.File(Environments)}",
            .. settings,
        ];
    }

    public Postgres Database { get; }

    /// <summary>Its own database there.</summary>
    public required string ConnectionString { get; init; }

    public IReadOnlyList<SiloMember> Silos { get; private set; } = [];

    public IReadOnlyList<GatewayMember> Gateways { get; private set; } = [];

    /// <summary>Where the environments of all silos lie.</summary>
    public string EnvironmentsFolder => _folder.File(Environments);

    /// <summary>The restate-servers that run now.</summary>
    public IReadOnlyList<ServerProcess> Servers => ServerProcess.Of(EnvironmentsFolder);

    /// <summary>The silos that look after an environment; the files that they hold open say so.</summary>
    public IReadOnlyList<SiloMember> SupervisorsOf(string environmentId)
    {
        var file = Path.Combine(EnvironmentsFolder, "environments", environmentId, "supervision.lock");
        return [.. Silos.Where(silo => !silo.HasExited && silo.HoldsOpen(file))];
    }

    /// <summary>Starts the database, silos and gateways, and waits until all do their work.</summary>
    public static async Task<TestCluster> StartAsync(int silos, int gateways, params string[] settings)
    {
        var cluster = await PrepareAsync(silos, gateways, settings);
        try
        {
            Member[] members = [.. cluster.Silos, .. cluster.Gateways];
            await Task.WhenAll(members.Select(member => member.StartAsync()));
            await Task.WhenAll(members.Select(member => member.ReadyAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the database alone; the members are the test's to start.</summary>
    public static async Task<TestCluster> PrepareAsync(int silos, int gateways, params string[] settings)
    {
        var database = await Postgres.StartAsync();
        var connectionString = await database.NewDatabaseAsync();
        var cluster = new TestCluster(database, connectionString, settings) { ConnectionString = connectionString };
        cluster.Silos = [.. Enumerable.Range(1, silos).Select(cluster.NewSilo)];
        cluster.Gateways = [.. Enumerable.Range(1, gateways).Select(cluster.NewGateway)];
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Silos.Cast<Member>().Concat(Gateways)) await member.DisposeAsync();
        foreach (var server in Servers) server.Kill();
        await Eventually.HoldsAsync(() => Servers.Count == 0, "every server has ended");
        await Database.DisposeAsync();
        foreach (var port in _ports) port.Dispose();
        _folder.Dispose();
    }

    private SiloMember NewSilo(int number) => new(_folder.File($"silo-{number}"), NewPort(), NewPort(), _settings);

    private GatewayMember NewGateway(int number) => new(_folder.File($"gateway-{number}"), NewPort(), NewPort(), NewPort(), _settings);

    private ReservedPort NewPort()
    {
        var port = new ReservedPort();
        _ports.Add(port);
        return port;
    }
}
