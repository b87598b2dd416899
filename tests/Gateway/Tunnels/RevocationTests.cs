using System.Net;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Identifiers;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels;

/// <summary>What opened a tunnel is taken away while it is open.</summary>
public sealed class RevocationTests(SharedCloud shared)
{
    private const string Path = "/invoke/Greeter/greet";

    [Fact]
    public async Task The_tunnel_of_a_deleted_key_ends_in_peace_and_others_stay()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync(ApiKeyRole.TunnelAccess);
        var release = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        await using var revoked = await OpenAsync(environment, key, "revoked", async context =>
        {
            entered.SetResult();
            await release.Task;
            await context.Response.WriteAsync("done");
        });
        await using var other = await OpenAsync(environment, await environment.KeyAsync(), "other");
        var call = CallAsync(environment, "revoked");
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        await environment.Grain.DeleteApiKeyAsync(ApiKeySecret.KeyIdOf(key)!);

        // It takes no more calls at once, and the one that is on it ends.
        await Eventually.HoldsAsync(() => revoked.IsDrained, "the client is told");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await CallAsync(environment, "revoked")).Status);
        release.SetResult();
        Assert.Equal((HttpStatusCode.OK, "done"), await call);
        Assert.True(await revoked.Ended);
        Assert.True(other.IsOpen);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(environment, "other")).Status);
    }

    [Fact]
    public async Task The_tunnel_of_a_user_who_has_left_the_account_ends()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var guest = await shared.Cloud.CreateTenantAsync();
        var account = shared.Cloud.Grains.GetGrain<IAccountGrain>(environment.Owner.AccountId);
        await account.AddSecondaryOwnerAsync(environment.Owner.UserId, guest.UserId);
        await using var theirs = await OpenAsync(environment, await guest.TokenAsync(), "theirs");
        await using var mine = await OpenAsync(environment, await environment.Owner.TokenAsync(), "mine");

        await account.RemoveSecondaryOwnerAsync(environment.Owner.UserId, guest.UserId);

        Assert.True(await theirs.Ended);
        Assert.True(mine.IsOpen);
    }

    [Fact]
    public async Task The_tunnels_of_an_environment_that_is_destroyed_end()
    {
        var environment = await shared.CreateEnvironmentAsync();
        await using var tunnel = await OpenAsync(environment, await environment.Owner.TokenAsync(), "laptop");

        await shared.Cloud.Grains.GetGrain<IAccountGrain>(environment.Owner.AccountId).DestroyEnvironmentAsync(environment.Id);

        Assert.True(await tunnel.Ended);
    }

    private async Task<TestTunnelClient> OpenAsync(TestEnvironment environment, string credential, string name, RequestDelegate? service = null)
    {
        var client = await TestTunnelClient.StartAsync(shared.Cloud.Ports.Tunnel, credential, environment.Id, name, service);
        Assert.Equal("ok", (await client.Trailers)["tunnel-status"]);
        return client;
    }

    private async Task<(HttpStatusCode Status, string Text)> CallAsync(TestEnvironment environment, string tunnel)
    {
        using var client = Clients.To(shared.Cloud.Ports.TunnelProxy, null, HttpVersion.Version20);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{ResourceId.Bare(environment.Id)}/{tunnel}/http/localhost/9080{Path}")
        {
            Version = client.DefaultRequestVersion,
            VersionPolicy = client.DefaultVersionPolicy,
        };
        request.Headers.Add("x-restate-signature-scheme", "v1");
        request.Headers.Add("x-restate-jwt-v1", (await TestIdentity.OfAsync(environment)).Token(Path));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
