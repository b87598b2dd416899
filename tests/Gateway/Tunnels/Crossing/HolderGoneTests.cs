using System.Net;
using System.Net.Sockets;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Tunnels;

namespace RestateCloud.Gateway.Tests.Tunnels.Crossing;

/// <summary>Gateways that held a tunnel and are gone, of which the cloud does not know yet.</summary>
public sealed class HolderGoneTests : IAsyncLifetime
{
    private static readonly TimeSpan NoHang = TimeSpan.FromSeconds(60);

    private TwoGateways _gateways = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateways = await TwoGateways.StartAsync();

    public ValueTask DisposeAsync() => _gateways.DisposeAsync();

    [Fact]
    public async Task A_call_goes_to_a_holder_that_is_there()
    {
        await using var tunnel = await _gateways.OpenAsync("laptop", _ => Task.CompletedTask);
        foreach (var gone in (string[])["one", "two", "three"]) await HoldAsync(gone, $"127.0.0.1:{NobodysPort()}");

        for (var i = 0; i < 100; i++)
        {
            using var answer = await _gateways.Caller.CallAsync("laptop", new StringContent("a body of known length"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task With_no_other_the_caller_is_told_to_try_again()
    {
        await _gateways.Environment.Grain.OpenTunnelAsync("laptop", new("gone", DateTimeOffset.UtcNow, $"127.0.0.1:{NobodysPort()}"));

        await ToTryAgainAsync();
    }

    [Fact]
    public async Task A_machine_that_says_nothing_any_more_keeps_nobody_waiting()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await _gateways.Environment.Grain.OpenTunnelAsync("laptop", new("gone", DateTimeOffset.UtcNow, silent.LocalEndpoint.ToString()));

        await ToTryAgainAsync();
        using var meanwhile = await _gateways.Caller.CallAsync("laptop");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, meanwhile.StatusCode);
    }

    [Fact]
    public async Task A_call_that_is_at_a_gateway_when_it_goes_ends_and_those_after_it_are_told_to_try_again()
    {
        var entered = new TaskCompletionSource();
        await using var tunnel = await _gateways.OpenAsync("laptop", async context =>
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var call = _gateways.Caller.CallAsync("laptop");
        await entered.Task.WaitAsync(NoHang, Cancellation);

        await _gateways.Holder.DisposeAsync();

        using var answer = await call.WaitAsync(NoHang, Cancellation);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        await ToTryAgainAsync();
    }

    private Task<bool> HoldAsync(string gatewayId, string address) =>
        _gateways.Grain("laptop").HoldAsync(new TunnelHold(gatewayId, DateTimeOffset.UtcNow, address));

    private async Task ToTryAgainAsync()
    {
        using var answer = await _gateways.Caller.CallAsync("laptop").WaitAsync(NoHang, Cancellation);
        await ErrorAssert.IsAsync(answer, HttpStatusCode.ServiceUnavailable, "No client of the tunnel 'laptop' is connected");
        Assert.Equal("1", Assert.Single(answer.Headers.GetValues("retry-after")));
    }

    private static int NobodysPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
