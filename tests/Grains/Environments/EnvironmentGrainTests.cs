using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Tests.Hosting;
using RestateCloud.Grains.Tiers;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Tests.Environments;

public sealed class EnvironmentGrainTests
{
    [Fact]
    public async Task An_environment_becomes_active_by_itself_and_tells_how()
    {
        await using var silo = await TestSilo.StartAsync();

        var active = await silo.ActiveAsync(await NewAsync(await silo.NewAccountAsync()));

        Assert.Equal("1.7.12", active.RunningVersion);
        Assert.StartsWith("publickeyv1_", active.SigningPublicKey);
        Assert.Equal(["Created", "Starting", "Active"], active.Events.Select(e => e.Reason));
        Assert.True(active.Conditions.Single(c => c.Type == "Ready").Status);
    }

    [Fact]
    public async Task An_environment_that_cannot_be_provisioned_says_why_and_goes_on_trying()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.World.Failure = new ProvisioningException("npm is not on this machine.");
        var summary = await NewAsync(await silo.NewAccountAsync());

        var failed = await Eventually.GetAsync(
            async () => await silo.Environment(summary).DescribeAsync() is { Status: EnvironmentStatus.Failed } d ? d : null, "it has failed");
        Assert.Equal("npm is not on this machine.", failed.Reason);

        silo.World.Failure = null;
        await silo.ActiveAsync(summary);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_creation_ends_in_an_active_environment()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.World.StepsToReady = int.MaxValue;
        var account = await silo.NewAccountAsync();
        var accountId = (await account.DescribeAsync())!.AccountId;
        var summary = await NewAsync(account);

        await silo.RestartAsync();
        silo.World.StepsToReady = 0;
        await silo.Grains.GetGrain<IAccountGrain>(accountId).WakeAsync();

        await silo.ActiveAsync(summary);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_destruction_leaves_nothing()
    {
        await using var silo = await TestSilo.StartAsync();
        var account = await silo.NewAccountAsync();
        var accountId = (await account.DescribeAsync())!.AccountId;
        var summary = await NewAsync(account);
        await silo.ActiveAsync(summary);
        silo.World.CanRemove = false;
        await account.DestroyEnvironmentAsync(summary.EnvironmentId);
        Assert.Equal(EnvironmentStatus.Deleted, (await silo.Environment(summary).DescribeAsync())!.Status);

        await silo.RestartAsync();
        silo.World.CanRemove = true;
        await silo.Grains.GetGrain<IAccountGrain>(accountId).WakeAsync();

        await Eventually.HoldsAsync(async () => await silo.Environment(summary).DescribeAsync() is null, "the environment is gone");
        Assert.Empty(silo.World.Running);
    }

    [Fact]
    public async Task A_version_may_rise_and_not_fall_below_its_minor()
    {
        await using var silo = await TestSilo.StartAsync();
        var account = await silo.NewAccountAsync();
        var summary = await account.CreateEnvironmentAsync(new NewEnvironment("dev", null, Tier.Free, "1.6.2"), null);
        await silo.ActiveAsync(summary);
        var environment = silo.Environment(summary);

        await environment.ChangeVersionAsync("1.7.12");
        await Eventually.HoldsAsync(
            async () => await environment.DescribeAsync() is { Status: EnvironmentStatus.Active, RunningVersion: "1.7.12" }, "the new version runs");

        Assert.Equal(CloudError.Conflict, (await Assert.ThrowsAsync<CloudException>(() => environment.ChangeVersionAsync("1.6.2"))).Error);
        Assert.Equal(CloudError.Invalid, (await Assert.ThrowsAsync<CloudException>(() => environment.ChangeVersionAsync("9.9.9"))).Error);
    }

    [Fact]
    public async Task A_key_is_revoked_for_good_and_its_hash_is_all_that_was_kept()
    {
        await using var silo = await TestSilo.StartAsync();
        var summary = await NewAsync(await silo.NewAccountAsync());
        var environment = silo.Environment(summary);

        var created = await environment.CreateApiKeyAsync(ApiKeyRole.IngressAccess, "ci", expiresAt: null, idempotencyKey: null);
        var key = silo.Grains.GetGrain<IApiKeyGrain>(created.Description.KeyId);
        Assert.Equal(ApiKeySecret.Hash(created.Secret), (await key.GetAsync())!.Hash);
        Assert.Equal([created.Description.KeyId], (await environment.DescribeAsync())!.ApiKeyIds);

        await environment.DeleteApiKeyAsync(created.Description.KeyId);
        Assert.Equal(ApiKeyState.Deleted, (await key.GetAsync())!.State);
        Assert.Equal(ApiKeyState.Deleted, (await environment.DescribeApiKeyAsync(created.Description.KeyId))!.State);
        Assert.Empty((await environment.DescribeAsync())!.ApiKeyIds);
    }

    [Fact]
    public async Task A_retry_with_one_idempotency_key_gets_the_same_key_and_secret()
    {
        await using var silo = await TestSilo.StartAsync();
        var summary = await NewAsync(await silo.NewAccountAsync());

        var first = await silo.Environment(summary).CreateApiKeyAsync(ApiKeyRole.FullAccess, null, null, "k");
        await silo.RestartAsync();
        var second = await silo.Environment(summary).CreateApiKeyAsync(ApiKeyRole.FullAccess, null, null, "k");

        Assert.Equal(first, second);
        Assert.Single((await silo.Environment(summary).DescribeAsync())!.ApiKeyIds);
    }

    [Fact]
    public async Task Logs_are_bounded()
    {
        await using var silo = await TestSilo.StartAsync();
        var summary = await NewAsync(await silo.NewAccountAsync());

        var lines = await silo.Environment(summary).ReadLogsAsync(0, long.MaxValue);

        Assert.InRange(lines.Sum(l => l.Line.Length), 4_000_000, 4 * 1024 * 1024);
    }

    private static Task<EnvironmentSummary> NewAsync(IAccountGrain account) =>
        account.CreateEnvironmentAsync(new NewEnvironment("dev", Region: null, Tier.Free), idempotencyKey: null);
}
