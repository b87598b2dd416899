using System.Net;
using System.Net.Http.Json;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Tools;

namespace RestateCloud.EndToEnd.Tests.Isolation;

/// <summary>What one tenant can find out about another, and do to it, with everything that the first one holds: nothing.</summary>
public sealed class TenantIsolationTests(SharedCloud cloud, TwoTenants tenants) : IClassFixture<TwoTenants>
{
    private const string Nowhere = "env_00000000000000000000";

    private TenantEnvironment Alices => tenants.Alices;

    private TenantEnvironment Bobs => tenants.Bobs;

    private Tenant Bob => cloud.Bob;

    private string AlicesAccount => cloud.Alice.AccountId;

    /// <summary>Everything that Bob can present.</summary>
    private string[] BobsCredentials => [Bob.AccessToken, Bobs.FullKey];

    public static TheoryData<string> AccountOperations =>
    [
        "DescribeAccount", "GetAccountLimits", "ListAccountSecondaryOwners", "AddAccountSecondaryOwner", "RemoveAccountSecondaryOwner",
        "CreateStripePortalSession", "CreateEnvironment", "ListEnvironments", "DescribeEnvironment", "UpdateEnvironmentTier",
        "UpdateEnvironmentVersion", "DestroyEnvironment", "CreateApiKey", "ListApiKeys", "DescribeApiKey", "DeleteApiKey", "GetEnvironmentLogs",
        "ListEnvironmentEvents", "ListVersions",
    ];

    [Theory]
    [MemberData(nameof(AccountOperations))]
    public async Task Every_operation_on_anothers_account_answers_as_if_it_did_not_exist(string operation)
    {
        var key = (await Alices.KeyAsync(Roles.Ingress)).KeyId;
        var request = Everything(Alices.Id, key);

        var anothers = await RefusedAsync($"{AlicesAccount}/{operation}", request);
        var nobodys = await RefusedAsync($"acc_00000000000000000000/{operation}", request);

        Assert.Equal(HttpStatusCode.NotFound, anothers.Status);
        Assert.Equal(nobodys.Message, anothers.Message);
        Assert.Equal("ACTIVE", (await cloud.Alice.Api.DescribeApiKeyAsync(AlicesAccount, Alices.Id, key)).State);
    }

    [Theory]
    [InlineData("DescribeEnvironment")]
    [InlineData("UpdateEnvironmentTier")]
    [InlineData("UpdateEnvironmentVersion")]
    [InlineData("DestroyEnvironment")]
    [InlineData("CreateApiKey")]
    [InlineData("ListApiKeys")]
    [InlineData("DescribeApiKey")]
    [InlineData("DeleteApiKey")]
    [InlineData("GetEnvironmentLogs")]
    [InlineData("ListEnvironmentEvents")]
    public async Task Anothers_environment_is_not_found_in_ones_own_account(string operation)
    {
        var key = (await Alices.KeyAsync(Roles.Ingress)).KeyId;

        var anothers = await RefusedAsync($"{Bob.AccountId}/{operation}", Everything(Alices.Id, key));
        var nobodys = await RefusedAsync($"{Bob.AccountId}/{operation}", Everything(Nowhere, key));

        Assert.Equal(HttpStatusCode.NotFound, anothers.Status);
        Assert.Equal(nobodys.Message, anothers.Message);
    }

    [Theory]
    [InlineData("UpdateAccount")]
    [InlineData("DeleteAccount")]
    public async Task Anothers_account_is_neither_renamed_nor_deleted(string operation)
    {
        var anothers = await RefusedAsync(operation, new { accountId = AlicesAccount, name = "mine now" });

        Assert.Equal(HttpStatusCode.NotFound, anothers.Status);
        Assert.Equal((await RefusedAsync(operation, new { accountId = "acc_00000000000000000000", name = "mine now" })).Message, anothers.Message);
    }

    [Fact]
    public async Task Anothers_key_is_not_found_in_ones_own_environment()
    {
        var key = (await Alices.KeyAsync(Roles.Ingress)).KeyId;

        Assert.Equal(HttpStatusCode.NotFound, (await RefusedAsync($"{Bob.AccountId}/DescribeApiKey", Everything(Bobs.Id, key))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await RefusedAsync($"{Bob.AccountId}/DeleteApiKey", Everything(Bobs.Id, key))).Status);
        Assert.Equal("ACTIVE", (await cloud.Alice.Api.DescribeApiKeyAsync(AlicesAccount, Alices.Id, key)).State);
    }

    [Fact]
    public async Task Anothers_environment_serves_nothing_on_its_own_ports()
    {
        foreach (var credential in BobsCredentials)
        {
            using var ingress = Alices.IngressAs(credential);
            using var admin = Alices.AdminAs(credential);

            await RefusesAllAsync(ingress, HttpStatusCode.NotFound, "restate/health", "Greeter/greet", "restate/awakeables/sign_1x/resolve", "");
            await RefusesAllAsync(admin, HttpStatusCode.NotFound, "health", "version", "deployments", "v3/services", "query", "openapi", "ui/", "");
        }
    }

    [Fact]
    public async Task Anothers_environment_serves_nothing_to_its_host_name_on_the_shared_ports()
    {
        foreach (var credential in BobsCredentials)
        {
            using var ingress = SharedPort(cloud.FirstRun.IngressBaseUrl, credential, Alices);
            using var admin = SharedPort(cloud.FirstRun.AdminBaseUrl, credential, Alices);

            await RefusesAllAsync(ingress, HttpStatusCode.NotFound, "restate/health", "Greeter/greet");
            await RefusesAllAsync(admin, HttpStatusCode.NotFound, "health", "deployments", "query");
        }
    }

    [Fact]
    public async Task A_key_on_the_shared_ports_leads_to_its_own_environment()
    {
        using var admin = Http.Client(cloud.FirstRun.AdminBaseUrl, Bobs.FullKey);

        Assert.Contains(Bobs.Id, await admin.GetStringAsync("cluster-health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_valid_credential_nothing_is_served_anywhere()
    {
        foreach (var credential in (string?[])[null, "nonsense", Alices.FullKey[..^1], Alices.FullKey[..^1] + "!", Unsigned(cloud.Alice.AccessToken)])
        {
            using var ingress = Alices.IngressAs(credential);
            using var admin = Alices.AdminAs(credential);
            await RefusesAllAsync(ingress, HttpStatusCode.Unauthorized, "restate/health", "Greeter/greet");
            await RefusesAllAsync(admin, HttpStatusCode.Unauthorized, "health", "version", "query");

            using var api = new ControlApi(() => cloud.FirstRun.ApiBaseUrl, credential);
            Assert.Equal(HttpStatusCode.Unauthorized, (await RefusedAsync(api, $"{AlicesAccount}/ListEnvironments", new { })).Status);
        }
    }

    [Fact]
    public async Task An_api_key_is_no_credential_for_the_control_api()
    {
        using var api = new ControlApi(() => cloud.FirstRun.ApiBaseUrl, Alices.FullKey);

        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(api, $"{AlicesAccount}/ListEnvironments", new { })).Status);
    }

    [Fact]
    public async Task A_deleted_key_is_refused_within_a_second()
    {
        var key = await cloud.Alice.Api.CreateApiKeyAsync(AlicesAccount, Alices.Id, Roles.Ingress);
        using var ingress = Alices.IngressAs(key.ApiKey);
        using (var before = await ingress.GetAsync("restate/health")) Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        await cloud.Alice.Api.DeleteApiKeyAsync(AlicesAccount, Alices.Id, key.KeyId);

        using var after = await ingress.GetAsync("restate/health");
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Theory]
    [InlineData("1.6.2")]
    [InlineData("1.7.12")]
    public async Task The_official_cli_with_anothers_token_finds_nothing(string version)
    {
        using var cli = await OfficialCli.CreateAsync(version, cloud.FirstRun.ApiBaseUrl, Bob.AccessToken);

        var configured = await cli.AnswerAsync([], "cloud", "env", "configure", $"{AlicesAccount}/{Alices.Id}");

        Assert.DoesNotContain(Alices.Description.Name, configured.Failed());
    }

    /// <summary>A request with the fields of every operation; each ignores those of the others.</summary>
    private object Everything(string environmentId, string keyId) => new
    {
        environmentId, keyId, name = "mine", tierId = "FREE", version = "1.7.12", roleId = Roles.Full, start = 0, end = long.MaxValue,
        secondaryOwnerUserId = cloud.FirstRun.UserId,
    };

    private Task<ControlApiException> RefusedAsync(string operation, object request) => RefusedAsync(Bob.Api, operation, request);

    private static Task<ControlApiException> RefusedAsync(ControlApi api, string operation, object request) =>
        Assert.ThrowsAsync<ControlApiException>(() => api.PostAsync<object>(operation, request));

    private static HttpClient SharedPort(Uri baseUrl, string credential, TenantEnvironment environment)
    {
        var client = Http.Client(baseUrl, credential);
        client.DefaultRequestHeaders.Host = $"{environment.Id["env_".Length..]}.env.{environment.Description.Region}.localhost";
        return client;
    }

    private static async Task RefusesAllAsync(HttpClient client, HttpStatusCode status, params string[] paths)
    {
        foreach (var path in paths)
        {
            using var get = await client.GetAsync(path);
            using var post = await client.PostAsJsonAsync(path, new { query = "select * from sys_invocation", uri = "http://127.0.0.1:9" });
            Assert.Equal((path, status, status), (path, get.StatusCode, post.StatusCode));
        }
    }

    /// <summary>The same claims with the signature of nobody.</summary>
    private static string Unsigned(string token) => token[..(token.LastIndexOf('.') + 1)] + new string('A', token.Length - token.LastIndexOf('.') - 1);
}
