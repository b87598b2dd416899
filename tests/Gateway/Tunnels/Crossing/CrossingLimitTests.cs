using System.Net;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Gateway.Tests.Tunnels.Attacks;
using RestateCloud.Grains.Tiers;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels.Crossing;

/// <summary>What bounds calls at one gateway bounds them at the other.</summary>
public sealed class CrossingLimitTests
{
    [Fact]
    public async Task A_service_that_never_answers_is_given_up_and_told_so()
    {
        var ended = new TaskCompletionSource();
        await using var gateways = await TwoGateways.StartAsync(new() { ["Tunnels:SilenceLimit"] = "00:00:02" });
        await using var tunnel = await gateways.OpenAsync("silent", async context =>
        {
            await using var registration = context.RequestAborted.Register(ended.SetResult);
            await ended.Task;
        });

        using var answer = await gateways.Caller.CallAsync("silent");

        await ErrorAssert.IsAsync(answer, HttpStatusCode.GatewayTimeout, "silent for too long");
    }

    [Fact]
    public async Task Beyond_its_tiers_calls_in_flight_an_environment_is_told_to_try_again_where_the_tunnel_is_held_too()
    {
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var tiers = new TierCatalog { Free = new TierCatalog().Free with { TunnelCalls = 1 } };
        await using var gateways = await TwoGateways.StartAsync(tiers: tiers);
        await using var tunnel = await gateways.OpenAsync("laptop", async context =>
        {
            entered.TrySetResult();
            await release.Task;
        });
        using var atHolder = await Caller.OfAsync(gateways.Environment, gateways.Holder.Ports.TunnelProxy);
        var held = atHolder.CallAsync("laptop");
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        using (var refused = await gateways.Caller.CallAsync("laptop"))
        {
            await ErrorAssert.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "as many calls");
        }

        release.SetResult();
        using var answer = await held;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Eventually.HoldsAsync(async () => (await gateways.Caller.CallAsync("laptop")).StatusCode == HttpStatusCode.OK, "there is a place again");
    }

    [Fact]
    public async Task A_service_that_reads_nothing_holds_up_its_own_environment_and_no_other()
    {
        await using var gateways = await TwoGateways.StartAsync();
        await using var stuck = await gateways.OpenAsync("stuck", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var leaves = new CancellationTokenSource();
        EndlessContent[] bodies = [new(), new(), new(), new()];
        var calls = bodies.Select(body => gateways.Caller.CallAsync("stuck", body, cancellationToken: leaves.Token)).ToArray();
        foreach (var body in bodies) await body.Progress.IsStoppedAsync();
        Assert.InRange(bodies.Sum(body => body.Progress.Bytes), 1, 32 * 1024 * 1024);

        var other = await gateways.Environment.Owner.CreateEnvironmentAsync();
        await using var tunnel = await TestTunnelClient.StartAsync(
            gateways.Holder.Ports.Tunnel, await other.KeyAsync(), other.Id, "laptop", context => context.Request.Body.CopyToAsync(context.Response.Body));
        Assert.Equal("ok", (await tunnel.Trailers)["tunnel-status"]);
        using var caller = await Caller.OfAsync(other, gateways.Entry.Ports.TunnelProxy);
        using var answer = await caller.CallAsync("laptop", new DuplexContent(new byte[4 * 1024 * 1024]));
        var echoed = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(4 * 1024 * 1024, echoed.Length);

        await leaves.CancelAsync();
        foreach (var call in calls) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
