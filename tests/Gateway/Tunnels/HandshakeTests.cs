using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.ApiKeys;

namespace RestateCloud.Gateway.Tests.Tunnels;

public sealed class HandshakeTests(SharedCloud shared)
{
    private int Port => shared.Cloud.Ports.Tunnel;

    [Theory]
    [InlineData(ApiKeyRole.TunnelAccess)]
    [InlineData(ApiKeyRole.FullAccess)]
    public async Task A_key_that_may_open_tunnels_opens_one(ApiKeyRole role)
    {
        var environment = await shared.CreateEnvironmentAsync();
        await using var client = await TestTunnelClient.StartAsync(Port, await environment.KeyAsync(role), environment.Id, "laptop");

        var trailers = await client.Trailers;

        Assert.Equal("ok", trailers["tunnel-status"]);
        Assert.Equal("laptop", trailers["tunnel-name"]);
        Assert.Equal(shared.Cloud.Ports.TunnelProxy, new Uri(trailers["proxy-url"]).Port);
        Assert.Equal(Port, new Uri(trailers["tunnel-url"]).Port);
    }

    [Fact]
    public async Task A_user_of_the_account_opens_one_and_may_leave_its_name_to_the_cloud()
    {
        var environment = await shared.CreateEnvironmentAsync();
        await using var client = await TestTunnelClient.StartAsync(Port, await environment.Owner.TokenAsync(), environment.Id, null);

        Assert.NotEmpty((await client.Trailers)["tunnel-name"]);
    }

    [Fact]
    public async Task A_token_that_is_wrong_or_missing_is_refused()
    {
        var environment = await shared.CreateEnvironmentAsync();

        await RefusedAsync("nonsense", environment.Id, "laptop", "invalid");
        await RefusedAsync(null, environment.Id, "laptop", "missing");
    }

    [Fact]
    public async Task A_key_of_another_environment_or_a_user_of_another_account_is_refused_as_if_there_were_no_such_environment()
    {
        var (mine, other) = (await shared.CreateEnvironmentAsync(), await shared.CreateEnvironmentAsync());

        await RefusedAsync(await mine.KeyAsync(), other.Id, "laptop", "nothing to do with");
        await RefusedAsync(await mine.Owner.TokenAsync(), other.Id, "laptop", "nothing to do with");
        await RefusedAsync(await mine.KeyAsync(), "env_00000000000000000000", "laptop", "nothing to do with");
    }

    [Fact]
    public async Task A_role_without_the_right_is_refused()
    {
        var environment = await shared.CreateEnvironmentAsync();

        await RefusedAsync(await environment.KeyAsync(ApiKeyRole.IngressAccess), environment.Id, "laptop", "TunnelAccess");
    }

    [Fact]
    public async Task An_environment_that_has_had_as_many_tunnels_as_it_may_is_told_so()
    {
        var environment = await shared.CreateEnvironmentAsync();
        for (var i = 0; i < 100; i++) await environment.Grain.OpenTunnelAsync($"t{i}", new("elsewhere", DateTimeOffset.UtcNow));

        await RefusedAsync(await environment.KeyAsync(), environment.Id, "one-more", "has had 100 tunnels, which is the limit; use one of their names");
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("%2e")]
    [InlineData("-")]
    public async Task A_name_that_would_be_another_path_is_refused(string name)
    {
        var environment = await shared.CreateEnvironmentAsync();

        await RefusedAsync(await environment.KeyAsync(), environment.Id, name, "name must be");
    }

    [Fact]
    public async Task While_no_grain_answers_the_client_is_told_that_it_may_try_again()
    {
        await using var cloud = await TestCloud.StartAsync();
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        var key = await environment.KeyAsync();
        await using var alone = await TestGateway.StartAsync(cloud.Grains);
        await cloud.StopAsync();

        await using var client = await TestTunnelClient.StartAsync(alone.Ports.Tunnel, key, environment.Id, "laptop");

        var trailers = await client.Trailers;
        Assert.Contains("try again", trailers["tunnel-status"], StringComparison.Ordinal);
        Assert.Equal("true", trailers["tunnel-retry"]);
    }

    private async Task RefusedAsync(string? credential, string environmentId, string name, string partOfSentence)
    {
        await using var client = await TestTunnelClient.StartAsync(Port, credential, environmentId, name);
        var trailers = await client.Trailers;
        Assert.Contains(partOfSentence, trailers["tunnel-status"], StringComparison.Ordinal);
        Assert.Single(trailers);
    }
}
