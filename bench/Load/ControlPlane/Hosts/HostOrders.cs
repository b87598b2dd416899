using System.Text.Json;
using Orleans;
using RestateCloud.Gateway.Listening;
using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Tiers;
using RestateCloud.Grains.Tokens;
using RestateCloud.Grains.Users;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.ControlPlane.Hosts;

/// <summary>What a benchmark asks of a host besides the control API: a line each, answered by one.</summary>
internal sealed class HostOrders(IServiceProvider services)
{
    /// <summary>Makes so many users with an account and an environment each, and answers them.</summary>
    public const string Tenants = "tenants";

    /// <summary>Makes so many environments and waits until all are ACTIVE.</summary>
    public const string Environments = "environments";

    /// <summary>Answers the bytes of live managed objects.</summary>
    public const string Heap = "heap";

    private const int AtOnce = 16;

    // The quotas of tier PREMIUM.
    private const int EnvironmentsOfAccount = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<string> CarryOutAsync(string order)
    {
        var words = order.Split(' ');
        return words[0] switch
        {
            Tenants => JsonSerializer.Serialize(await CreateTenantsAsync(int.Parse(words[1]))),
            Environments => await CreateEnvironmentsAsync(int.Parse(words[1])),
            Heap => $"{GC.GetTotalMemory(forceFullCollection: true)}",
            _ => throw new ArgumentException($"No such order: {order}"),
        };
    }

    private async Task<LoadTenant[]> CreateTenantsAsync(int count)
    {
        var api = new Uri($"http://127.0.0.1:{services.GetRequiredService<GatewayPorts>().Api}");
        var grains = services.GetRequiredService<IGrainFactory>();
        var tenants = new LoadTenant[count];
        for (var i = 0; i < count; i++)
        {
            var (userId, account) = await CreateAccountAsync(grains);
            var environment = await CreateEnvironmentAsync(grains, account, "e");
            var token = await grains.GetGrain<ITokenIssuerGrain>(ITokenIssuerGrain.Key).IssueAsync(userId, TimeSpan.FromHours(1));
            tenants[i] = new LoadTenant(api, token, account, environment);
        }

        return tenants;
    }

    private async Task<string> CreateEnvironmentsAsync(int count)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        for (var accounts = 0; accounts * EnvironmentsOfAccount < count; accounts++)
        {
            var (_, account) = await CreateAccountAsync(grains);
            await Parallel.ForAsync(0, EnvironmentsOfAccount, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
                await CreateEnvironmentAsync(grains, account, $"e{n}"));
        }

        return "Done.";
    }

    private static async Task<(string UserId, string AccountId)> CreateAccountAsync(IGrainFactory grains)
    {
        var userId = ResourceId.New(ResourceId.User);
        var user = grains.GetGrain<IUserGrain>(userId);
        await user.CreateAsync(new NewUser($"{userId}@localhost", null));
        return (userId, (await user.CreateAccountAsync("load", null)).AccountId);
    }

    private static async Task<string> CreateEnvironmentAsync(IGrainFactory grains, string account, string name)
    {
        var created = await grains.GetGrain<IAccountGrain>(account).CreateEnvironmentAsync(new NewEnvironment(name, null, Tier.Premium), null);
        var environment = grains.GetGrain<IEnvironmentGrain>(created.EnvironmentId);
        await Eventually.HoldsAsync(
            async () => await environment.DescribeAsync() is { Status: EnvironmentStatus.Active }, $"{created.EnvironmentId} is ACTIVE", Patience);
        return created.EnvironmentId;
    }
}

/// <summary>A user with an account and an environment.</summary>
internal sealed record LoadTenant(Uri Api, string Token, string AccountId, string EnvironmentId);
