using System.Net;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Gateway.Tests.ControlApi;

/// <summary>A tenant attacks another with every operation: the ids of the victim in the path and in the body, together and mixed with its own.</summary>
public sealed class IsolationTests(CloudFixture fixture) : IClassFixture<CloudFixture>
{
    public static TheoryData<string> AccountOperations { get; } =
    [
        "DescribeAccount", "GetAccountLimits", "ListAccountSecondaryOwners", "AddAccountSecondaryOwner", "RemoveAccountSecondaryOwner",
        "CreateStripePortalSession", "CreateEnvironment", "ListEnvironments", "DescribeEnvironment", "UpdateEnvironmentTier",
        "UpdateEnvironmentVersion", "ListVersions", "DestroyEnvironment", "ListEnvironmentEvents", "CreateApiKey", "ListApiKeys",
        "DescribeApiKey", "DeleteApiKey", "GetEnvironmentLogs", "BeginIdentityKeyRotation", "CompleteIdentityKeyRotation",
        "CancelIdentityKeyRotation",
    ];

    public static TheoryData<string> EnvironmentOperations { get; } =
    [
        "DescribeEnvironment", "UpdateEnvironmentTier", "UpdateEnvironmentVersion", "DestroyEnvironment", "ListEnvironmentEvents",
        "CreateApiKey", "ListApiKeys", "DescribeApiKey", "DeleteApiKey", "GetEnvironmentLogs",
        "BeginIdentityKeyRotation", "CompleteIdentityKeyRotation", "CancelIdentityKeyRotation",
    ];

    [Theory]
    [MemberData(nameof(AccountOperations))]
    public async Task Accounts_that_are_foreign_missing_or_malformed_are_refused_alike_and_untouched(string operation)
    {
        var (attacker, victim) = await TenantsAsync();
        using var api = await ApiClient.OfAsync(attacker.Tenant);
        var answers = new List<(HttpStatusCode, string)>();
        foreach (var accountId in new[] { victim.Tenant.AccountId, ResourceId.New(ResourceId.Account), "acc_", "nonsense", victim.Tenant.UserId, "%20", "acc_%2e%2e" })
        {
            fixture.TakeRecordedGrains();
            var answer = await api.TryAsync($"/cloud/{accountId}/{operation}", BodyFor(victim, accountId));
            answers.Add((answer.Status, answer.Text));
            Assert.Equal([attacker.Tenant.UserId], fixture.TakeRecordedGrains().Where(key => key.Contains('_')).Distinct());
        }

        Assert.Equal(HttpStatusCode.NotFound, answers[0].Item1);
        Assert.Single(answers.Distinct());
        await AssertUntouchedAsync(victim);
    }

    [Theory]
    [MemberData(nameof(EnvironmentOperations))]
    public async Task Environments_that_are_foreign_missing_or_malformed_are_refused_alike_and_untouched(string operation)
    {
        var (attacker, victim) = await TenantsAsync();
        using var api = await ApiClient.OfAsync(attacker.Tenant);
        var answers = new List<(HttpStatusCode, string)>();
        foreach (var environmentId in new[] { victim.EnvironmentId, ResourceId.New(ResourceId.Environment), "env_", "", "nonsense", attacker.KeyId, "../x" })
        {
            fixture.TakeRecordedGrains();
            var answer = await api.TryAsync(
                $"/cloud/{attacker.Tenant.AccountId}/{operation}", BodyFor(victim with { EnvironmentId = environmentId }, attacker.Tenant.AccountId));
            answers.Add((answer.Status, answer.Text));
            Assert.DoesNotContain(environmentId, fixture.TakeRecordedGrains());
        }

        Assert.Equal(HttpStatusCode.NotFound, answers[0].Item1);
        Assert.Single(answers.Distinct());
        await AssertUntouchedAsync(victim);
    }

    [Theory]
    [InlineData("DescribeApiKey")]
    [InlineData("DeleteApiKey")]
    public async Task Keys_that_are_foreign_missing_or_malformed_are_refused_alike_and_untouched(string operation)
    {
        var (attacker, victim) = await TenantsAsync();
        using var api = await ApiClient.OfAsync(attacker.Tenant);
        var answers = new List<(HttpStatusCode, string)>();
        foreach (var keyId in new[] { victim.KeyId, ResourceId.New(ResourceId.ApiKey), "key_", "", "nonsense", attacker.EnvironmentId })
        {
            fixture.TakeRecordedGrains();
            var answer = await api.TryAsync($"/cloud/{attacker.Tenant.AccountId}/{operation}", new { environmentId = attacker.EnvironmentId, keyId });
            answers.Add((answer.Status, answer.Text));
            Assert.DoesNotContain(fixture.TakeRecordedGrains(), key => key == keyId && key != attacker.EnvironmentId);
        }

        Assert.Equal(HttpStatusCode.NotFound, answers[0].Item1);
        Assert.Single(answers.Distinct());
        await AssertUntouchedAsync(victim);
    }

    [Theory]
    [InlineData("UpdateAccount")]
    [InlineData("DeleteAccount")]
    public async Task Accounts_in_the_body_are_checked_like_those_in_the_path(string operation)
    {
        var (attacker, victim) = await TenantsAsync();
        using var api = await ApiClient.OfAsync(attacker.Tenant);
        var answers = new List<(HttpStatusCode, string)>();
        foreach (var accountId in new[] { victim.Tenant.AccountId, ResourceId.New(ResourceId.Account), "acc_", "", "nonsense" })
        {
            fixture.TakeRecordedGrains();
            var answer = await api.TryAsync($"/cloud/{operation}", new { accountId, name = "mine now" });
            answers.Add((answer.Status, answer.Text));
            Assert.Equal([attacker.Tenant.UserId], fixture.TakeRecordedGrains().Where(key => key.Contains('_')).Distinct());
        }

        Assert.Equal(HttpStatusCode.NotFound, answers[0].Item1);
        Assert.Single(answers.Distinct());
        await AssertUntouchedAsync(victim);
    }

    [Fact]
    public async Task A_secondary_owner_uses_the_account_but_neither_deletes_nor_shares_it_and_is_out_at_once()
    {
        var (guest, owner) = await TenantsAsync();
        using var asOwner = await ApiClient.OfAsync(owner.Tenant);
        using var asGuest = await ApiClient.OfAsync(guest.Tenant);
        var account = $"/cloud/{owner.Tenant.AccountId}";
        var share = new { secondaryOwnerUserId = guest.Tenant.UserId };
        await asOwner.CallAsync($"{account}/AddAccountSecondaryOwner", share);

        var listed = (await asGuest.CallAsync("/cloud/ListAccounts"))["accounts"]!.AsArray();
        Assert.Contains(listed, item => (string)item!["accountId"]! == owner.Tenant.AccountId && (string)item["ownershipType"]! == "SECONDARY_OWNED");
        Assert.Equal(1, (int)(await asGuest.CallAsync("/cloud/GetUserLimits"))["accounts"]!["usage"]!);
        await asGuest.CallAsync($"{account}/DescribeEnvironment", new { environmentId = owner.EnvironmentId });
        (await asGuest.TryAsync("/cloud/DeleteAccount", new { accountId = owner.Tenant.AccountId })).AssertRefused(HttpStatusCode.Forbidden);
        (await asGuest.TryAsync($"{account}/AddAccountSecondaryOwner", new { secondaryOwnerUserId = guest.Tenant.UserId }))
            .AssertRefused(HttpStatusCode.Forbidden);
        var owners = await asGuest.CallAsync($"{account}/ListAccountSecondaryOwners");
        Assert.Equal(guest.Tenant.UserId, (string)owners["secondaryOwnersUserIds"]![0]!);
        Assert.Equal($"{guest.Tenant.UserId}@example.com", (string)owners["secondaryOwners"]![0]!["email"]!);

        await asOwner.CallAsync($"{account}/RemoveAccountSecondaryOwner", share);
        (await asGuest.TryAsync($"{account}/ListEnvironments")).AssertRefused(HttpStatusCode.NotFound);
    }

    private static object BodyFor(Owned owned, string accountId) => new
    {
        accountId,
        environmentId = owned.EnvironmentId,
        keyId = owned.KeyId,
        publicKey = owned.NextPublicKey,
        name = "mine-now",
        tierId = "PREMIUM",
        version = "1.7.12",
        roleId = "rst:role::FullAccess",
        secondaryOwnerUserId = owned.Tenant.UserId,
        start = 0,
        end = long.MaxValue,
    };

    private async Task<(Owned Attacker, Owned Victim)> TenantsAsync() => (await OwnedAsync(), await OwnedAsync());

    private async Task<Owned> OwnedAsync()
    {
        var tenant = await fixture.Cloud.CreateTenantAsync();
        var environment = await tenant.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();
        return new Owned(tenant, environment.Id, key.Split('.')[0], await environment.Grain.BeginIdentityRotationAsync(null));
    }

    private static async Task AssertUntouchedAsync(Owned victim)
    {
        using var api = await ApiClient.OfAsync(victim.Tenant);
        var account = $"/cloud/{victim.Tenant.AccountId}";
        var environment = await api.CallAsync($"{account}/DescribeEnvironment", new { environmentId = victim.EnvironmentId });
        Assert.Equal("FREE", (string)environment["tierId"]!);
        Assert.Equal(victim.KeyId, (string)Assert.Single(environment["apiKeys"]!.AsArray())!["keyId"]!);
        Assert.Equal(["ACTIVE", "NEXT"], environment["identityKeys"]!.AsArray().Select(key => (string)key!["state"]!));
        Assert.Equal(victim.NextPublicKey, (string)environment["identityKeys"]![1]!["publicKey"]!);
        Assert.Single((await api.CallAsync($"{account}/ListEnvironments"))["environments"]!.AsArray());
        Assert.Empty((await api.CallAsync($"{account}/ListAccountSecondaryOwners"))["secondaryOwners"]!.AsArray());
        Assert.Equal("tenant", (string)(await api.CallAsync("/cloud/ListAccounts"))["accounts"]![0]!["name"]!);
    }

    private sealed record Owned(TestTenant Tenant, string EnvironmentId, string KeyId, string NextPublicKey);
}
