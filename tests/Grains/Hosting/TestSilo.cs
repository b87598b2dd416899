using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Regions;
using RestateCloud.Grains.Secrets;
using RestateCloud.Grains.Tiers;
using RestateCloud.Grains.Users;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Tests.Hosting;

/// <summary>The real grains on their host (in the cluster build on several), over a database that outlives restarts.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IHost> _hosts = [];
    private string _storage = "";
    private readonly TestClock _clock = new();

    public ScriptedProvisioner World { get; } = new();

    public IGrainFactory Grains => _hosts[0].Services.GetRequiredService<IGrainFactory>();

    /// <summary>Moves the clock of the silo. Timers and reminders go by the machine's.</summary>
    public void Advance(TimeSpan time) => _clock.Advance(time);

    public static async Task<TestSilo> StartAsync()
    {
        var silo = new TestSilo();
        silo._storage = await GrainHosting.NewStorageAsync(silo._folder);
        await silo.StartHostsAsync();
        return silo;
    }

    /// <summary>Everything in memory is gone; what was durable is there again.</summary>
    public async Task RestartAsync()
    {
        await StopHostsAsync();
        await StartHostsAsync();
    }

    public async Task<IUserGrain> NewUserAsync()
    {
        var user = Grains.GetGrain<IUserGrain>(ResourceId.New(ResourceId.User));
        await user.CreateAsync(new NewUser($"{Guid.NewGuid():n}@example.com", Password: null));
        return user;
    }

    public async Task<IAccountGrain> NewAccountAsync()
    {
        var account = await (await NewUserAsync()).CreateAccountAsync("me", idempotencyKey: null);
        return Grains.GetGrain<IAccountGrain>(account.AccountId);
    }

    public IEnvironmentGrain Environment(EnvironmentSummary summary) => Grains.GetGrain<IEnvironmentGrain>(summary.EnvironmentId);

    public Task<EnvironmentDescription> ActiveAsync(EnvironmentSummary summary) => Eventually.GetAsync(
        async () => await Environment(summary).DescribeAsync() is { Status: EnvironmentStatus.Active } active ? active : null,
        "the environment is active");

    public async ValueTask DisposeAsync()
    {
        await StopHostsAsync();
        _folder.Dispose();
    }

    private async Task StartHostsAsync()
    {
        for (var silo = 0; silo < GrainHosting.Silos; silo++)
        {
            var host = BuildHost();
            _hosts.Add(host);
            await host.StartAsync();
        }
    }

    private IHost BuildHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(_folder.File("keys")));
        builder.Services.AddSingleton<TimeProvider>(_clock).AddSingleton<ISecretProtector, TestProtector>();
        builder.Services.AddSingleton<IEnvironmentProvisioner>(World).AddSingleton<IEnvironmentLogs>(World);
        builder.Services.AddSingleton<ILoopbackListeners, NoListeners>();
        builder.Services.AddSingleton(new TierCatalog()).AddSingleton(new RegionOptions());
        builder.AddGrains(_storage);
        return builder.Build();
    }

    private async Task StopHostsAsync()
    {
        await Task.WhenAll(_hosts.Select(host => host.StopAsync()));
        foreach (var host in _hosts) host.Dispose();
        _hosts.Clear();
    }

    private sealed class TestClock : TimeProvider
    {
        private long _ahead;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _ahead));

        public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);
    }

    private sealed class TestProtector(IDataProtectionProvider provider) : ISecretProtector
    {
        public string Protect(string purpose, string secret) => provider.CreateProtector(purpose).Protect(secret);

        public string Unprotect(string purpose, string protectedSecret) => provider.CreateProtector(purpose).Unprotect(protectedSecret);
    }

    private sealed class NoListeners : ILoopbackListeners
    {
        public ValueTask<LoopbackPorts?> ListenAsync(string environmentId, LoopbackPorts? previous, CancellationToken cancellationToken) => default;

        public ValueTask CloseAsync(string environmentId, CancellationToken cancellationToken) => default;
    }
}
