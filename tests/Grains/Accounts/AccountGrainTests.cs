using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Tests.Hosting;
using RestateCloud.Grains.Tiers;
using RestateCloud.Grains.Users;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Tests.Accounts;

public sealed class AccountGrainTests
{
    [Fact]
    public async Task A_user_owns_the_accounts_it_creates()
    {
        await using var silo = await TestSilo.StartAsync();
        var user = await silo.NewUserAsync();

        var account = await user.CreateAccountAsync("me", idempotencyKey: null);

        Assert.Equal(new AccountMembership(account.AccountId, Ownership.Owned), Assert.Single((await user.DescribeAsync())!.Accounts));
        Assert.Equal("me", (await silo.Grains.GetGrain<IAccountGrain>(account.AccountId).DescribeAsync())!.Name);
    }

    [Fact]
    public async Task A_repeated_call_with_one_idempotency_key_creates_one_account_also_across_a_restart()
    {
        await using var silo = await TestSilo.StartAsync();
        var user = await silo.NewUserAsync();
        var userId = (await user.DescribeAsync())!.UserId;

        var first = await user.CreateAccountAsync("me", "k");
        await silo.RestartAsync();
        var second = await silo.Grains.GetGrain<IUserGrain>(userId).CreateAccountAsync("me", "k");

        Assert.Equal(first, second);
        Assert.Single((await silo.Grains.GetGrain<IUserGrain>(userId).DescribeAsync())!.Accounts);
    }

    [Fact]
    public async Task The_same_name_at_the_same_time_is_given_once()
    {
        await using var silo = await TestSilo.StartAsync();
        var account = await silo.NewAccountAsync();

        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Record.ExceptionAsync(() => CreateAsync(account, "dev")).AsTask()));

        Assert.Single(attempts, e => e is null);
        Assert.All(attempts.OfType<Exception>(), e => Assert.Equal(CloudError.Conflict, Assert.IsType<CloudException>(e).Error));
    }

    [Fact]
    public async Task An_account_has_no_more_environments_of_a_tier_than_the_tier_allows()
    {
        await using var silo = await TestSilo.StartAsync();
        var account = await silo.NewAccountAsync();
        for (var i = 0; i < new TierCatalog().Free.EnvironmentsPerAccount; i++) await CreateAsync(account, $"e{i}");

        var refused = await Assert.ThrowsAsync<CloudException>(() => CreateAsync(account, "one-more"));

        Assert.Equal(CloudError.QuotaExceeded, refused.Error);
        await account.CreateEnvironmentAsync(new NewEnvironment("other-tier", null, Tier.Starter), null);
    }

    [Fact]
    public async Task An_account_with_environments_is_not_deleted_and_one_without_leaves_nothing()
    {
        await using var silo = await TestSilo.StartAsync();
        var user = await silo.NewUserAsync();
        var userId = (await user.DescribeAsync())!.UserId;
        var account = silo.Grains.GetGrain<IAccountGrain>((await user.CreateAccountAsync("me", null)).AccountId);
        var environment = await CreateAsync(account, "dev");
        Assert.Equal(CloudError.Conflict, (await Assert.ThrowsAsync<CloudException>(() => account.DeleteAsync(userId))).Error);

        await account.DestroyEnvironmentAsync(environment.EnvironmentId);
        Assert.Empty((await account.DescribeAsync())!.Environments);
        await Eventually.HoldsAsync(
            async () => await Record.ExceptionAsync(() => account.DeleteAsync(userId)) is null, "the account can be deleted");

        Assert.Null(await account.DescribeAsync());
        Assert.Empty((await user.DescribeAsync())!.Accounts);
    }

    [Fact]
    public async Task A_secondary_owner_sees_the_account_until_the_share_is_taken_back()
    {
        await using var silo = await TestSilo.StartAsync();
        var owner = await silo.NewUserAsync();
        var friend = await silo.NewUserAsync();
        var (ownerId, friendId) = ((await owner.DescribeAsync())!.UserId, (await friend.DescribeAsync())!.UserId);
        var account = silo.Grains.GetGrain<IAccountGrain>((await owner.CreateAccountAsync("me", null)).AccountId);

        await account.AddSecondaryOwnerAsync(ownerId, friendId);
        Assert.Equal(Ownership.SecondaryOwned, Assert.Single((await friend.DescribeAsync())!.Accounts).Ownership);
        Assert.Equal([friendId], (await account.DescribeAsync())!.SecondaryOwnerUserIds);
        Assert.Equal(CloudError.Forbidden, (await Assert.ThrowsAsync<CloudException>(() => account.DeleteAsync(friendId))).Error);

        await account.RemoveSecondaryOwnerAsync(ownerId, friendId);
        Assert.Empty((await friend.DescribeAsync())!.Accounts);
        Assert.Empty((await account.DescribeAsync())!.SecondaryOwnerUserIds);
    }

    private static Task<EnvironmentSummary> CreateAsync(IAccountGrain account, string name) =>
        account.CreateEnvironmentAsync(new NewEnvironment(name, Region: null, Tier.Free), idempotencyKey: null);
}
