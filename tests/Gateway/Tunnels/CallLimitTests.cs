using System.Net;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Gateway.Tests.Tunnels.Attacks;
using RestateCloud.Grains.Tiers;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels;

/// <summary>How many calls an environment has in its tunnels, for how long, and what becomes of them when the gateway stops.</summary>
public sealed class CallLimitTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _release = new();
    private TestCloud _cloud = null!;
    private TestEnvironment _environment = null!;
    private Caller _caller = null!;
    private int _entered;

    public async ValueTask InitializeAsync()
    {
        _cloud = await TestCloud.StartAsync(
            settings: new() { ["Tunnels:SilenceLimit"] = "00:00:05" }, tiers: new TierCatalog { Free = new TierCatalog().Free with { TunnelCalls = 2 } });
        _environment = await (await _cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        _caller = await Caller.OfAsync(_environment);
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Beyond_its_tiers_calls_in_flight_an_environment_is_told_to_try_again_whatever_the_tunnel()
    {
        await using var first = await OpenAsync("first");
        await using var second = await OpenAsync("second");
        Task<HttpResponseMessage>[] held = [_caller.CallAsync("first"), _caller.CallAsync("second")];
        await Eventually.HoldsAsync(() => Volatile.Read(ref _entered) == 2, "both are in flight");

        using (var refused = await _caller.CallAsync("second")) await ErrorAssert.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "as many calls");

        _release.SetResult();
        foreach (var call in held) Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
        await Eventually.HoldsAsync(async () => (await _caller.CallAsync("first")).StatusCode == HttpStatusCode.OK, "there is a place again");
    }

    [Fact]
    public async Task A_service_that_never_answers_is_given_up_and_told_so()
    {
        var ended = new TaskCompletionSource();
        await using var tunnel = await OpenAsync("silent", async context =>
        {
            using var registration = context.RequestAborted.Register(ended.SetResult);
            await ended.Task;
        });

        using var answer = await _caller.CallAsync("silent");

        await ErrorAssert.IsAsync(answer, HttpStatusCode.GatewayTimeout, "silent for too long");
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.True(tunnel.IsOpen);
    }

    [Fact]
    public async Task A_gateway_that_stops_lets_calls_end_and_says_goaway()
    {
        await using var tunnel = await OpenAsync("laptop");
        var call = _caller.CallAsync("laptop");
        await Eventually.HoldsAsync(() => Volatile.Read(ref _entered) == 1, "it is in flight");

        var stopping = _cloud.StopAsync();
        await Eventually.HoldsAsync(() => tunnel.IsDrained, "the client is told");
        _release.SetResult();

        Assert.Equal("done", await (await call).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(await tunnel.Ended);
        await stopping;
    }

    [Fact]
    public async Task A_client_that_does_not_answer_that_the_gateway_stops_is_said_goaway_all_the_same()
    {
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "mute", supportsDrain: true);

        var stopping = _cloud.StopAsync();

        var (_, _, goAway) = await tunnel.ReadAsync(FrameConnection.GoAway);
        Assert.Equal(0, goAway[7]);
        tunnel.Dispose();
        await stopping;
    }

    private async Task<TestTunnelClient> OpenAsync(string name, RequestDelegate? service = null)
    {
        var client = await TestTunnelClient.StartAsync(_cloud.Ports.Tunnel, await _environment.KeyAsync(), _environment.Id, name, service ?? HoldAsync);
        Assert.Equal("ok", (await client.Trailers)["tunnel-status"]);
        return client;
    }

    private async Task HoldAsync(HttpContext context)
    {
        Interlocked.Increment(ref _entered);
        await _release.Task;
        await context.Response.WriteAsync("done");
    }
}
