using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using RestateCloud.Gateway.ControlApi;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.SignIn;
using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Regions;
using RestateCloud.Grains.Secrets;
using RestateCloud.Grains.Tests.Hosting;
using RestateCloud.Grains.Tiers;
using RestateCloud.Grains.Tokens;
using RestateCloud.Grains.Users;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Hosting;

/// <summary>Real grains and a real gateway on free loopback ports, over servers that a test brings.</summary>
internal sealed class TestCloud : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _application;

    private TestCloud(
        TemporaryFolder folder, string storage, Dictionary<string, string?>? settings, TierCatalog tiers, Action<IServiceCollection>? configure)
    {
        _folder = folder;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Ports:Api"] = "0", ["Ports:Ingress"] = "0", ["Ports:Admin"] = "0", ["Ports:TunnelProxy"] = "0", ["Ports:Tunnel"] = "0",
            ["Tunnels:Plain"] = "true",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddGrains(storage);
        builder.Services.AddSingleton<IEnvironmentProvisioner>(Provisioner);
        builder.Services.AddSingleton<IEnvironmentLogs>(Provisioner);
        builder.Services.AddSingleton<ISecretProtector, EphemeralProtector>();
        builder.Services.AddSingleton(new RegionOptions());
        builder.Services.AddSingleton(tiers);
        builder.Services.AddGateway(builder.Configuration).AddControlApi().AddSignIn();
        configure?.Invoke(builder.Services);
        _application = builder.Build();
        _application.UseGateway();
        _application.UseControlApiErrors();
        _application.MapControlApi();
        _application.MapSignIn();
    }

    public TestProvisioner Provisioner { get; } = new();

    public IServiceProvider Services => _application.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public GatewayPorts Ports => Services.GetRequiredService<GatewayPorts>();

    public static async Task<TestCloud> StartAsync(
        UpstreamAddress? upstream = null,
        Dictionary<string, string?>? settings = null,
        TierCatalog? tiers = null,
        Action<IServiceCollection>? configure = null)
    {
        var folder = new TemporaryFolder();
        var storage = await GrainHosting.NewStorageAsync(folder);
        var cloud = new TestCloud(folder, storage, settings, tiers ?? new TierCatalog(), configure) { Provisioner = { Default = upstream } };
        await cloud._application.StartAsync();
        return cloud;
    }

    public async Task<TestTenant> CreateTenantAsync()
    {
        var userId = ResourceId.New(ResourceId.User);
        var user = Grains.GetGrain<IUserGrain>(userId);
        await user.CreateAsync(new NewUser($"{userId}@example.com", null));
        var account = await user.CreateAccountAsync("tenant", null);
        return new TestTenant(this, userId, account.AccountId);
    }

    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(500))) await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>A user with an account.</summary>
internal sealed record TestTenant(TestCloud Cloud, string UserId, string AccountId)
{
    public Task<string> TokenAsync() => Cloud.Grains.GetGrain<ITokenIssuerGrain>(ITokenIssuerGrain.Key).IssueAsync(UserId, TimeSpan.FromHours(1));

    /// <summary>A new environment, ACTIVE unless the provisioner was told otherwise.</summary>
    public async Task<TestEnvironment> CreateEnvironmentAsync(Tier tier = Tier.Free, bool waitUntilActive = true)
    {
        var name = $"e{Guid.NewGuid():n}";
        var created = await Cloud.Grains.GetGrain<IAccountGrain>(AccountId).CreateEnvironmentAsync(new NewEnvironment(name, null, tier), null);
        var grain = Cloud.Grains.GetGrain<IEnvironmentGrain>(created.EnvironmentId);
        var description = await Eventually.GetAsync(
            async () => await grain.DescribeAsync() is { LoopbackPorts: not null } d && (!waitUntilActive || d.Status == EnvironmentStatus.Active) ? d : null,
            "the environment is there");
        return new TestEnvironment(Cloud, this, created.EnvironmentId, description.LoopbackPorts!);
    }
}

/// <summary>An environment and the ways to it.</summary>
internal sealed record TestEnvironment(TestCloud Cloud, TestTenant Owner, string Id, LoopbackPorts Own)
{
    public IEnvironmentGrain Grain => Cloud.Grains.GetGrain<IEnvironmentGrain>(Id);

    public string HostName => $"{ResourceId.Bare(Id)}.env.local.localhost";

    public async Task<string> KeyAsync(ApiKeyRole role = ApiKeyRole.FullAccess, DateTimeOffset? expiresAt = null) =>
        (await Grain.CreateApiKeyAsync(role, null, expiresAt, null)).Secret;

    /// <summary>A client of this environment's own ingress or admin port.</summary>
    public HttpClient Client(string? credential, PortRole role = PortRole.Ingress, Version? version = null) =>
        Clients.To(role == PortRole.Admin ? Own.Admin : Own.Ingress, credential, version);
}

/// <summary>Plain clients, without proxy, cookies or redirects.</summary>
internal static class Clients
{
    public static HttpClient To(int port, string? credential, Version? version = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (credential is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return client;
    }
}
