using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Secrets;
using RestateCloud.Grains.Tiers;
using RestateCloud.Provisioning.LocalProcesses;
using RestateCloud.Provisioning.LocalProcesses.Servers;
using RestateCloud.TestSupport;

namespace RestateCloud.Provisioning.Tests.Support;

/// <summary>
/// A cloud of a test's own with real servers. Its end ends all servers of its data folder; <see cref="RestartAsync"/> leaves them running.
/// </summary>
internal sealed class LocalCloud : IAsyncDisposable
{
    public const string Current = "1.7.12";
    public const string Previous = "1.6.2";

    private readonly TemporaryFolder? _folder;
    private readonly Action<LocalProcessOptions> _configure;
    private IHost? _host;

    private LocalCloud(Action<LocalProcessOptions> configure, TemporaryFolder? folder, string dataFolder)
    {
        _configure = configure;
        _folder = folder;
        DataFolder = dataFolder;
    }

    public string DataFolder { get; }

    public IEnvironmentProvisioner Provisioner => _host!.Services.GetRequiredService<IEnvironmentProvisioner>();

    public IEnvironmentLogs Logs => _host!.Services.GetRequiredService<IEnvironmentLogs>();

    /// <summary>Ids that were told of as changed, in order.</summary>
    public ConcurrentQueue<string> Changes { get; } = [];

    /// <summary>Starts one on a data folder of its own.</summary>
    /// <param name="configure">Changes options.</param>
    /// <param name="subfolder">Where the data folder lies in the test's own.</param>
    public static async Task<LocalCloud> StartAsync(Action<LocalProcessOptions>? configure = null, string subfolder = "data")
    {
        var folder = new TemporaryFolder();
        var cloud = new LocalCloud(configure ?? (_ => { }), folder, folder.File(subfolder));
        await cloud.StartHostAsync();
        return cloud;
    }

    /// <summary>Starts one on a data folder that is another's to clean up.</summary>
    public static async Task<LocalCloud> StartOnAsync(string dataFolder)
    {
        var cloud = new LocalCloud(_ => { }, null, dataFolder);
        await cloud.StartHostAsync();
        return cloud;
    }

    public static EnvironmentSpec Spec(string? id = null, string version = Current, long generation = 1, TierLimits? limits = null)
    {
        id ??= ResourceId.New(ResourceId.Environment);
        return new EnvironmentSpec(id, "acc_test", "local", Tier.Free, limits ?? new TierCatalog().Free, version, "", "", generation).WithFirstKey();
    }

    public string Folder(EnvironmentSpec spec) => Path.Combine(DataFolder, "environments", spec.EnvironmentId);

    /// <summary>Reconciles as a grain would, until the environment is ready.</summary>
    public async Task<EnvironmentObservation> ReadyAsync(EnvironmentSpec spec) =>
        await Eventually.GetAsync(
            async () =>
            {
                var seen = await Provisioner.ReconcileAsync(spec, TestContext.Current.CancellationToken);
                return seen.Phase == EnvironmentPhase.Ready ? seen : null;
            },
            $"{spec.EnvironmentId} ready",
            TimeSpan.FromSeconds(60));

    public Task RemoveAsync(EnvironmentSpec spec) =>
        Eventually.HoldsAsync(
            () => Provisioner.RemoveAsync(spec.EnvironmentId, TestContext.Current.CancellationToken), $"{spec.EnvironmentId} removed");

    /// <summary>The process ids of the servers of an environment that run, whoever started them.</summary>
    public int[] Servers(EnvironmentSpec spec) =>
        [.. ServerScan.Find(Path.Combine(DataFolder, "environments"), spec.EnvironmentId).Select(server => server.Handle.Id)];

    public int Server(EnvironmentSpec spec) => Assert.Single(Servers(spec));

    /// <summary>Ends the host and starts another one on the same data folder.</summary>
    public async Task RestartAsync()
    {
        await StopHostAsync();
        await StartHostAsync();
    }

    public async Task StopHostAsync()
    {
        if (_host is null) return;
        await _host.StopAsync();
        _host.Dispose();
        _host = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopHostAsync();
        if (_folder is null) return;
        await LocalServers.StopAllAsync(DataFolder, TimeSpan.FromSeconds(1));
        _folder.Dispose();
    }

    private async Task StartHostAsync()
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ISecretProtector, TestSecrets>();
        builder.Services.AddLocalProcesses(options =>
        {
            options.DataFolder = DataFolder;
            options.ConcurrentStarts = 4;
            _configure(options);
        });
        _host = builder.Build();
        var watched = _host.Services.GetRequiredService<IEnvironmentProvisioner>()
            .WatchAsync(_host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        _ = Task.Run(async () =>
        {
            await foreach (var id in watched) Changes.Enqueue(id);
        });
        await _host.StartAsync();
    }
}
