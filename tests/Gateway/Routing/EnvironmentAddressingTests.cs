using System.Net;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Provisioning;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Routing;

public sealed class EnvironmentAddressingTests(SharedCloud shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}:8080")]
    [InlineData("{0}.")]
    public async Task An_environment_is_found_by_its_host_name(string pattern)
    {
        var environment = await shared.CreateEnvironmentAsync();
        var token = await TokenOfOwnerAsync(environment);

        foreach (var name in new[] { environment.HostName, environment.HostName.ToUpperInvariant() })
        {
            var echo = await Echo.ReadAsync(await GetAsync(shared.Cloud.Ports.Ingress, token, string.Format(pattern, name)));
            Assert.Equal("/Greeter/greet", echo.Target);
        }
    }

    [Fact]
    public async Task An_environment_is_found_by_its_key()
    {
        var environment = await shared.CreateEnvironmentAsync();

        using var answer = await GetAsync(shared.Cloud.Ports.Ingress, await environment.KeyAsync(), "localhost");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_users_token_without_a_host_name_names_no_environment()
    {
        var environment = await shared.CreateEnvironmentAsync();

        using var answer = await GetAsync(shared.Cloud.Ports.Ingress, await TokenOfOwnerAsync(environment), "localhost");

        await ErrorAssert.IsAsync(answer, HttpStatusCode.NotFound, "names no environment");
    }

    [Fact]
    public async Task A_foreign_environment_and_one_that_does_not_exist_are_not_told_apart()
    {
        var mine = await shared.CreateEnvironmentAsync();
        var other = await shared.CreateEnvironmentAsync();
        var invented = $"{ResourceId.Bare(ResourceId.New(ResourceId.Environment))}.env.local.localhost";
        var texts = new HashSet<string>();

        foreach (var credential in new[] { await mine.KeyAsync(), await TokenOfOwnerAsync(mine) })
        {
            using var byPort = await GetAsync(other.Own.Ingress, credential, "localhost");
            using var byName = await GetAsync(shared.Cloud.Ports.Ingress, credential, other.HostName);
            using var admin = await GetAsync(shared.Cloud.Ports.Admin, credential, other.HostName);
            using var unknown = await GetAsync(shared.Cloud.Ports.Ingress, credential, invented);
            using var otherRegion = await GetAsync(shared.Cloud.Ports.Ingress, credential, mine.HostName.Replace("local.", "mars."));
            foreach (var answer in new[] { byPort, byName, unknown, otherRegion })
            {
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
                texts.Add(await answer.Content.ReadAsStringAsync(Cancellation));
            }

            Assert.Equal(HttpStatusCode.NotFound, admin.StatusCode);
        }

        Assert.Single(texts);
    }

    [Fact]
    public async Task The_port_counts_more_than_the_host_name()
    {
        var mine = await shared.CreateEnvironmentAsync();
        var other = await shared.CreateEnvironmentAsync();

        using var answer = await GetAsync(other.Own.Ingress, await mine.KeyAsync(), mine.HostName);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Without_a_credential_nothing_is_learnt_of_any_environment()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var invented = $"{ResourceId.Bare(ResourceId.New(ResourceId.Environment))}.env.local.localhost";

        using var real = await GetAsync(shared.Cloud.Ports.Ingress, null, environment.HostName);
        using var none = await GetAsync(shared.Cloud.Ports.Ingress, null, invented);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (real.StatusCode, none.StatusCode));
        Assert.Equal(await real.Content.ReadAsStringAsync(Cancellation), await none.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_secondary_owner_has_access_from_being_added_until_being_removed()
    {
        var owner = await shared.Cloud.CreateTenantAsync();
        var guest = await shared.Cloud.CreateTenantAsync();
        var environment = await owner.CreateEnvironmentAsync();
        var account = shared.Cloud.Grains.GetGrain<IAccountGrain>(owner.AccountId);
        using var client = environment.Client(await guest.TokenAsync(), PortRole.Admin);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/deployments", Cancellation)).StatusCode);

        await account.AddSecondaryOwnerAsync(owner.UserId, guest.UserId);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/deployments", Cancellation)).StatusCode);

        await account.RemoveSecondaryOwnerAsync(owner.UserId, guest.UserId);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/deployments", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task An_environment_that_is_not_ACTIVE_says_why_and_when_to_come_back_and_then_serves()
    {
        await using var upstream = await TestUpstream.StartAsync(new EchoUpstream().HandleAsync);
        await using var cloud = await TestCloud.StartAsync();
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync(waitUntilActive: false);
        cloud.Provisioner.Set(environment.Id, EnvironmentPhase.Starting, null, "Its server is starting.");
        await environment.Grain.ReconcileAsync(Cancellation);
        using var client = environment.Client(await environment.KeyAsync());

        using var early = await client.GetAsync("/Greeter/greet", Cancellation);
        await ErrorAssert.IsAsync(early, HttpStatusCode.ServiceUnavailable, "PENDING: Its server is starting.");
        Assert.NotNull(early.Headers.RetryAfter);

        cloud.Provisioner.Set(environment.Id, EnvironmentPhase.Ready, upstream.Address, "It is ready.");
        await environment.Grain.ReconcileAsync(Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/Greeter/greet", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task An_environment_that_has_moved_is_found_at_its_new_address_at_once()
    {
        var echo = new EchoUpstream();
        await using var elsewhere = await TestUpstream.StartAsync(echo.HandleAsync);
        var environment = await shared.CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync());
        await client.GetAsync("/Greeter/greet", Cancellation);

        shared.Cloud.Provisioner.Set(environment.Id, EnvironmentPhase.Ready, elsewhere.Address, "It is ready.");
        await environment.Grain.ReconcileAsync(Cancellation);
        await client.GetAsync("/Greeter/moved", Cancellation);

        Assert.Equal(["/Greeter/moved"], echo.Targets);
    }

    [Fact]
    public async Task A_destroyed_environment_is_gone_with_its_keys_and_ports()
    {
        var owner = await shared.Cloud.CreateTenantAsync();
        var environment = await owner.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();
        using var client = environment.Client(key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/Greeter/greet", Cancellation)).StatusCode);

        await shared.Cloud.Grains.GetGrain<IAccountGrain>(owner.AccountId).DestroyEnvironmentAsync(environment.Id);
        await Eventually.HoldsAsync(async () => await environment.Grain.DescribeAsync() is null, "nothing is left of it");

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/Greeter/greet", Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(shared.Cloud.Ports.Ingress, key, "localhost")).StatusCode);
    }

    private static Task<string> TokenOfOwnerAsync(TestEnvironment environment) => environment.Owner.TokenAsync();

    private static async Task<HttpResponseMessage> GetAsync(int port, string? credential, string host)
    {
        var client = Clients.To(port, credential);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/Greeter/greet") { Headers = { Host = host } };
        return await client.SendAsync(request, Cancellation);
    }
}
