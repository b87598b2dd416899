using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Tests.Hosting;
using RestateCloud.Grains.Tiers;
using RestateCloud.Grains.Tunnels;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Tests.Tunnels;

public sealed class TunnelGrainTests : IAsyncLifetime
{
    private readonly string _key = ITunnelGrain.KeyOf(ResourceId.New(ResourceId.Environment), "laptop");
    private TestSilo _silo = null!;

    private ITunnelGrain Tunnel => _silo.Grains.GetGrain<ITunnelGrain>(_key);

    public async ValueTask InitializeAsync() => _silo = await TestSilo.StartAsync();

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task A_tunnel_that_was_never_open_is_unknown() => Assert.Null(await Tunnel.DescribeAsync());

    [Fact]
    public async Task It_knows_which_gateways_hold_it_and_since_when()
    {
        var since = DateTimeOffset.UtcNow;
        await Tunnel.OpenAsync(new("a", since));
        await Tunnel.HoldAsync(new("b", since.AddSeconds(1)));
        await Tunnel.HoldAsync(new("a", since));

        Assert.Equal([new TunnelHold("a", since), new TunnelHold("b", since.AddSeconds(1))], (await Tunnel.DescribeAsync())!.Holds);

        await Tunnel.ReleaseAsync("a");
        await Tunnel.ReleaseAsync("a");
        Assert.Equal("b", Assert.Single((await Tunnel.DescribeAsync())!.Holds).GatewayId);
    }

    [Fact]
    public async Task A_gateway_that_is_gone_is_forgotten_and_one_that_renews_is_not()
    {
        var since = DateTimeOffset.UtcNow;
        await Tunnel.OpenAsync(new("gone", since));
        await Tunnel.HoldAsync(new("alive", since));

        _silo.Advance(ITunnelGrain.HoldLifetime * 0.6);
        Assert.True(await Tunnel.HoldAsync(new("alive", since)));
        Assert.Equal(2, (await Tunnel.DescribeAsync())!.Holds.Length);
        _silo.Advance(ITunnelGrain.HoldLifetime * 0.6);

        Assert.Equal("alive", Assert.Single((await Tunnel.DescribeAsync())!.Holds).GatewayId);

        _silo.Advance(ITunnelGrain.HoldLifetime);
        Assert.Empty((await Tunnel.DescribeAsync())!.Holds);
    }

    [Fact]
    public async Task That_it_exists_is_durable_and_who_holds_it_until_it_would_have_been_said_again()
    {
        await Tunnel.OpenAsync(new("gone", DateTimeOffset.UtcNow, "gone.internal:7604"));
        await Tunnel.HoldAsync(new("released", DateTimeOffset.UtcNow));
        await Tunnel.ReleaseAsync("released");
        var before = (await Tunnel.DescribeAsync())!;

        await _silo.RestartAsync();

        var after = (await Tunnel.DescribeAsync())!;
        Assert.Equal(before.FirstOpenedAt, after.FirstOpenedAt);
        Assert.Equal(before.Holds, after.Holds);

        _silo.Advance(ITunnelGrain.HoldLifetime);
        Assert.Empty((await Tunnel.DescribeAsync())!.Holds);
    }

    [Fact]
    public async Task A_gateway_that_is_reached_elsewhere_now_says_so_by_renewing()
    {
        var since = DateTimeOffset.UtcNow;
        await Tunnel.OpenAsync(new("a", since, "one:7604"));
        await Tunnel.HoldAsync(new("a", since, "two:7604"));

        Assert.Equal("two:7604", Assert.Single((await Tunnel.DescribeAsync())!.Holds).Address);
    }

    [Fact]
    public async Task It_does_not_outlive_its_environment_even_while_a_gateway_holds_it()
    {
        var account = await _silo.NewAccountAsync();
        var summary = await account.CreateEnvironmentAsync(new NewEnvironment("dev", Region: null, Tier.Free), idempotencyKey: null);
        var environment = _silo.Environment(summary);
        await environment.OpenTunnelAsync("laptop", new("a", DateTimeOffset.UtcNow));
        var tunnel = _silo.Grains.GetGrain<ITunnelGrain>(ITunnelGrain.KeyOf(summary.EnvironmentId, "laptop"));
        Assert.NotNull(await tunnel.DescribeAsync());

        await account.DestroyEnvironmentAsync(summary.EnvironmentId);
        await Eventually.HoldsAsync(async () => await environment.DescribeAsync() is null, "the environment is gone");

        Assert.False(await tunnel.HoldAsync(new("a", DateTimeOffset.UtcNow)));
        Assert.Null(await tunnel.DescribeAsync());
        await Assert.ThrowsAsync<CloudException>(() => environment.OpenTunnelAsync("laptop", new("a", DateTimeOffset.UtcNow)));
    }
}
