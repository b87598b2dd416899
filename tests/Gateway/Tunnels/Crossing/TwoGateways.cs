using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Gateway.Tests.Tunnels.Attacks;
using RestateCloud.Grains.Tiers;
using RestateCloud.Grains.Tunnels;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels.Crossing;

/// <summary>Two gateways of one cloud: an environment's calls come in at one, its tunnels' clients are connected to the other.</summary>
internal sealed class TwoGateways : IAsyncDisposable
{
    private TwoGateways(TestAuthority authority, TestCloud cloud, TestGateway entry, TestGateway holder, TestEnvironment environment, Caller caller) =>
        (Authority, Cloud, Entry, Holder, Environment, Caller) = (authority, cloud, entry, holder, environment, caller);

    public TestAuthority Authority { get; }

    /// <summary>The grains, and a third gateway.</summary>
    public TestCloud Cloud { get; }

    public TestGateway Entry { get; }

    public TestGateway Holder { get; }

    public TestEnvironment Environment { get; }

    /// <summary>The environment, calling at <see cref="Entry"/>.</summary>
    public Caller Caller { get; }

    /// <param name="holderSettings">More settings of the gateway that holds the tunnels.</param>
    /// <param name="tiers">The limits.</param>
    public static async Task<TwoGateways> StartAsync(Dictionary<string, string?>? holderSettings = null, TierCatalog? tiers = null)
    {
        var authority = new TestAuthority();
        var cloud = await TestCloud.StartAsync(settings: authority.CrossingSettings(), tiers: tiers);
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        var entry = await TestGateway.StartAsync(cloud.Grains, authority.CrossingSettings(), tiers);
        var holder = await TestGateway.StartAsync(cloud.Grains, new(authority.CrossingSettings().Concat(holderSettings ?? [])), tiers);
        return new(authority, cloud, entry, holder, environment, await Caller.OfAsync(environment, entry.Ports.TunnelProxy));
    }

    /// <summary>Opens a tunnel, at <see cref="Holder"/> unless told otherwise.</summary>
    public async Task<TestTunnelClient> OpenAsync(string name, RequestDelegate service, int? port = null)
    {
        var client = await TestTunnelClient.StartAsync(port ?? Holder.Ports.Tunnel, await Environment.KeyAsync(), Environment.Id, name, service);
        Assert.Equal("ok", (await client.Trailers)["tunnel-status"]);
        return client;
    }

    /// <summary>The tunnel's grain.</summary>
    public ITunnelGrain Grain(string name) => Cloud.Grains.GetGrain<ITunnelGrain>(ITunnelGrain.KeyOf(Environment.Id, name));

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await Entry.DisposeAsync();
        await Holder.DisposeAsync();
        await Cloud.DisposeAsync();
        Authority.Dispose();
    }
}
