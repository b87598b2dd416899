using Orleans;
using RestateCloud.Gateway;
using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Regions;
using RestateCloud.Grains.Secrets;
using RestateCloud.Grains.Tiers;
using RestateCloud.Grains.Users;
using RestateCloud.Load.ControlPlane.Hosts;
using RestateCloud.Load.Grains;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Proxies.Hosts;

/// <summary>The product's gateway and grains as the silo composes them, over an environment whose server is the benchmark's upstream.</summary>
internal static class GatewayHost
{
    public static WebApplication Create(int ingressPort, string socket, string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Ports:Ingress"] = $"{ingressPort}", ["Ports:Api"] = "0", ["Ports:Admin"] = "0", ["Ports:TunnelProxy"] = "0",
            ["Ports:Tunnel"] = "0", ["Tunnels:Plain"] = "true",
            ["Database"] = Path.Combine(folder, "grains.db"),
        });
        builder.AddGrains(CloudHost.All);
        var provisioner = new FixedProvisioner(UpstreamAddress.Unix(socket));
        builder.Services.AddSingleton<IEnvironmentProvisioner>(provisioner);
        builder.Services.AddSingleton<IEnvironmentLogs>(provisioner);
        builder.Services.AddSingleton<ISecretProtector, NoSecrets>();
        builder.Services.AddSingleton(new RegionOptions());
        builder.Services.AddGateway(builder.Configuration);

        var application = builder.Build();
        application.UseGateway();
        return application;
    }

    /// <returns>A key for the ingress of a new environment of tier PREMIUM, whose limits are out of reach here.</returns>
    public static async Task<string> CreateKeyAsync(IServiceProvider services)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var user = grains.GetGrain<IUserGrain>(ResourceId.New(ResourceId.User));
        await user.CreateAsync(new NewUser("load@localhost", null));
        var account = await user.CreateAccountAsync("load", null);
        var created = await grains.GetGrain<IAccountGrain>(account.AccountId)
            .CreateEnvironmentAsync(new NewEnvironment("load", null, Tier.Premium), null);
        var environment = grains.GetGrain<IEnvironmentGrain>(created.EnvironmentId);
        await Eventually.HoldsAsync(
            async () => await environment.DescribeAsync() is { Status: EnvironmentStatus.Active }, "the environment is ACTIVE");
        return (await environment.CreateApiKeyAsync(ApiKeyRole.IngressAccess, null, null, null)).Secret;
    }
}
