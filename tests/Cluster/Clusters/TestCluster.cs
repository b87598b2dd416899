using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests.Clusters;

/// <summary>Silos and gateways of one cluster on this machine, over a storage of their own; nothing of it is left after the test.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private const string Kind = "rc-cluster-";
    private const string Environments = "environments-of-all";

    private readonly TemporaryFolder _folder = new(AbandonedFolders.PrefixOf(Kind));
    private readonly List<ReservedPort> _ports = [];
    private readonly IAsyncDisposable _storage;
    private readonly string[] _settings;

    static TestCluster() => AbandonedFolders.Remove(Kind, "dotnet", folder =>
    {
        foreach (var server in ServerProcess.Of(Path.Combine(folder, Environments))) server.Kill();
    });

    private TestCluster(IAsyncDisposable storage, string[] settings)
    {
        _storage = storage;
        _settings =
        [
            "--Cluster:AdvertisedAddress=127.0.0.1",
            $"--Keys={_folder.File("keys")}",
            $"--Local:DataFolder={_folder.File(Environments)}",
            .. settings,
        ];
    }

    /// <summary>Of a cluster over PostgreSQL.</summary>
    public Postgres Database => (Postgres)_storage;

    /// <summary>Its own database there.</summary>
    public string ConnectionString { get; private set; } = "";

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

    /// <summary>Starts PostgreSQL, silos and gateways, and waits until all do their work.</summary>
    public static async Task<TestCluster> StartAsync(int silos, int gateways, params string[] settings) =>
        await StartAsync(await PrepareAsync(silos, gateways, settings));

    /// <summary>Starts silos and gateways over a storage that runs, which ends with them, and waits until all do their work.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="silos">How many silos.</param>
    /// <param name="gateways">How many gateways.</param>
    /// <param name="settings">Lead to the storage.</param>
    public static Task<TestCluster> StartAsync(IAsyncDisposable storage, int silos, int gateways, params string[] settings) =>
        StartAsync(Prepare(storage, silos, gateways, settings));

    /// <summary>Starts PostgreSQL alone; the members are the test's to start.</summary>
    public static async Task<TestCluster> PrepareAsync(int silos, int gateways, params string[] settings)
    {
        var database = await Postgres.StartAsync();
        var connectionString = await database.NewDatabaseAsync();
        var cluster = Prepare(database, silos, gateways, [$"--Cluster:ConnectionString={connectionString}", .. settings]);
        cluster.ConnectionString = connectionString;
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Silos.Cast<Member>().Concat(Gateways)) await member.DisposeAsync();
        foreach (var server in Servers) server.Kill();
        await Eventually.HoldsAsync(() => Servers.Count == 0, "every server has ended");
        await _storage.DisposeAsync();
        foreach (var port in _ports) port.Dispose();
        _folder.Dispose();
    }

    private static TestCluster Prepare(IAsyncDisposable storage, int silos, int gateways, string[] settings)
    {
        var cluster = new TestCluster(storage, settings);
        cluster.Silos = [.. Enumerable.Range(1, silos).Select(cluster.NewSilo)];
        cluster.Gateways = [.. Enumerable.Range(1, gateways).Select(cluster.NewGateway)];
        return cluster;
    }

    private static async Task<TestCluster> StartAsync(TestCluster cluster)
    {
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

    private SiloMember NewSilo(int number) => new(_folder.File($"silo-{number}"), NewPort(), NewPort(), _settings);

    private GatewayMember NewGateway(int number) => new(_folder.File($"gateway-{number}"), NewPort(), NewPort(), NewPort(), _settings);

    private ReservedPort NewPort()
    {
        var port = new ReservedPort();
        _ports.Add(port);
        return port;
    }
}
