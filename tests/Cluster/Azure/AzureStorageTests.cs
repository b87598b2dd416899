using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests.Azure;

/// <summary>Silos and a gateway as processes, over Azure Storage.</summary>
public sealed class AzureStorageTests
{
    // Until the other silo is sure that one is gone, and the environment's reminder comes.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task What_a_tenant_made_is_there_and_looked_after_when_a_silo_was_killed()
    {
        using var folder = new TemporaryFolder();
        var azurite = await Azurite.StartAsync();
        var account = azurite.NewAccount();
        await File.WriteAllTextAsync(folder.File("account"), account + "\n");
        await using var cluster = await TestCluster.StartAsync(
            azurite, silos: 2, gateways: 1, "--Cluster:Storage=AzureStorage", $"--Cluster:AzureStorage:ConnectionStringFile={folder.File("account")}");
        var gateway = cluster.Gateways[0];
        var tenant = await Tenant.CreateAsync(gateway);
        var environment = tenant.Environment.EnvironmentId;
        var server = Assert.Single(cluster.Servers);

        await Assert.Single(cluster.SupervisorsOf(environment)).KillAsync();

        await Eventually.HoldsAsync(() => cluster.SupervisorsOf(environment).Count == 1, "the other silo looks after the environment", Limit);
        Assert.Equal(server, Assert.Single(cluster.Servers));
        using var api = tenant.Api(gateway);
        var another = await Eventually.GetAsync(CreateAnotherAsync, "the other silo has the account", Limit);
        Assert.Equal("ACTIVE", (await api.DescribeEnvironmentAsync(tenant.Account, environment)).Status);
        using var admin = tenant.Admin(gateway);
        using var answer = await admin.GetAsync("deployments");
        Assert.True(answer.IsSuccessStatusCode, "the API key is known");
        await api.ActiveEnvironmentAsync(tenant.Account, another.EnvironmentId);

        var secret = account.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal))["AccountKey=".Length..];
        Assert.All(cluster.Silos.Cast<Member>().Append(gateway), member => Assert.DoesNotContain(secret, member.Output));

        async Task<CreatedEnvironment?> CreateAnotherAsync()
        {
            try
            {
                return await api.CreateEnvironmentAsync(tenant.Account, "another", idempotencyKey: "another");
            }
            catch (ControlApiException)
            {
                return null;
            }
        }
    }
}
