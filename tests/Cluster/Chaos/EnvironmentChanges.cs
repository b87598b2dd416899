using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.EndToEnd.Tests.ControlPlane;

namespace RestateCloud.Cluster.Tests.Chaos;

/// <summary>Creates environments beside the long-lived ones, changes their tier and destroys them.</summary>
public sealed class EnvironmentChanges(World world, ControlClient client)
{
    private const string Tier = "STARTER";
    private const int MostKept = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly List<string> _kept = [];
    private int _lives;

    private Tenant Tenant => world.Tenants[0];

    /// <summary>A life of an environment; some stay.</summary>
    public async Task LiveAsync()
    {
        var name = $"life-{++_lives}";
        var environment = (await client.ChangeAsync(api => api.CreateEnvironmentAsync(Tenant.Account, name, idempotencyKey: name))).EnvironmentId;
        await client.ChangeAsync(async api =>
        {
            await api.UpdateEnvironmentTierAsync(Tenant.Account, environment, Tier);
            return true;
        });
        if (_lives % 3 == 1 && _kept.Count < MostKept)
        {
            _kept.Add(environment);
            return;
        }

        await client.RemoveAsync(api => api.DestroyEnvironmentAsync(Tenant.Account, environment));
    }

    /// <summary>Fails unless every environment becomes what was asked for: those that stay ACTIVE with one server each, of the others nothing.</summary>
    public async Task CheckAsync()
    {
        var listed = await client.AskAsync(api => api.ListEnvironmentsAsync(Tenant.Account));
        Assert.Equal(_kept.Append(Tenant.Environment.EnvironmentId).Order(), listed.Select(environment => environment.EnvironmentId).Order());

        var all = world.Tenants.Select(tenant => (tenant.Account, tenant.Environment.EnvironmentId, Tier: "FREE"))
            .Concat(_kept.Select(environment => (Tenant.Account, EnvironmentId: environment, Tier))).ToList();
        foreach (var (account, environment, tier) in all)
        {
            await TestSupport.Eventually.HoldsAsync(
                async () => await client.AskAsync(api => api.DescribeEnvironmentAsync(account, environment))
                    is { Status: "ACTIVE" } seen && seen.TierId == tier && seen.RunningVersion == seen.Version,
                $"{environment} is ACTIVE with the tier {tier}",
                Limit);
        }

        var expected = all.Select(environment => environment.EnvironmentId).Order().ToList();
        await TestSupport.Eventually.HoldsAsync(
            () => world.Cluster.Servers.Select(server => server.EnvironmentId).Order().SequenceEqual(expected), "one server an environment", Limit);
        await TestSupport.Eventually.HoldsAsync(
            () => Directory.EnumerateDirectories(Path.Combine(world.Cluster.EnvironmentsFolder, "environments")).Select(Path.GetFileName).Order().SequenceEqual(expected),
            "nothing is left of the destroyed",
            Limit);
        await TestSupport.Eventually.HoldsAsync(
            () => expected.All(environment => world.Cluster.SupervisorsOf(environment).Count == 1), "one silo looks after each", Limit);
    }
}
