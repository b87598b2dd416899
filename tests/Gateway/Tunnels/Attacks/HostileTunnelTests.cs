using System.Net;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Tests.Hosting;
using static RestateCloud.Gateway.Tests.Tunnels.Attacks.FrameConnection;

namespace RestateCloud.Gateway.Tests.Tunnels.Attacks;

/// <summary>A tunnel's client, which is the HTTP/2 server on its connection, abuses it. Only its own calls suffer.</summary>
public sealed class HostileTunnelTests(SharedCloud shared) : IAsyncLifetime
{
    private const ushort InitialWindowSize = 4;
    private const int MiB = 1024 * 1024;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private TestEnvironment _environment = null!;
    private Caller _caller = null!;
    private TestTunnelClient _other = null!;

    public async ValueTask InitializeAsync()
    {
        _environment = await shared.CreateEnvironmentAsync();
        _caller = await Caller.OfAsync(_environment);
        _other = await TestTunnelClient.StartAsync(
            shared.Cloud.Ports.Tunnel, await _environment.KeyAsync(), _environment.Id, "other", context => context.Response.WriteAsync("served"));
        Assert.Equal("ok", (await _other.Trailers)["tunnel-status"]);
    }

    public async ValueTask DisposeAsync()
    {
        await OthersAreServedAsync();
        Assert.True(_other.IsOpen);
        await _other.DisposeAsync();
        _caller.Dispose();
    }

    [Fact]
    public async Task A_bomb_of_headers_fails_the_call()
    {
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "hostile");
        var call = _caller.CallAsync("hostile");
        var (_, stream, _) = await tunnel.ReadAsync(Headers);

        var part = HostileTunnel.AnswerOf(("x-bomb", new string('b', 15_000)));
        var bomb = Enumerable.Range(0, 9).SelectMany(_ => Frame(Continuation, 0, stream, part.AsSpan(1)));
        await tunnel.TrySendAsync(
            (byte[])[.. Frame(Headers, 0, stream, part), .. bomb, .. Frame(Continuation, EndHeaders | EndStream, stream, part.AsSpan(1))]);

        await ErrorAssert.IsAsync(await call, HttpStatusCode.BadGateway, "broke off");
    }

    [Fact]
    public async Task Headers_without_end_end_the_connection()
    {
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "hostile");
        var call = _caller.CallAsync("hostile");
        var (_, stream, _) = await tunnel.ReadAsync(Headers);

        await tunnel.SendAsync(Headers, 0, stream, HostileTunnel.AnswerOf());
        await tunnel.FloodAsync(Repeat(Frame(Continuation, 0, stream), 1000), Soon);

        await ErrorAssert.IsAsync(await call, HttpStatusCode.BadGateway, "broke off");
    }

    [Theory]
    [InlineData(Ping, 8)]
    [InlineData(Settings, 0)]
    public async Task Whoever_asks_for_answers_and_reads_none_is_cut_off_before_they_pile_up(byte type, int length)
    {
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "hostile");

        var sent = await tunnel.FloodAsync(Repeat(Frame(type, 0, 0, new byte[length]), 1000), Soon);

        // What systems keep of a connection in both directions; without a limit the flood goes on until memory ends.
        Assert.InRange(sent, 0, 64L * MiB);
    }

    [Fact]
    public async Task Whoever_reads_the_answers_may_ask_as_often_as_he_likes()
    {
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "busy");
        for (var i = 0; i < 5000; i++)
        {
            await tunnel.SendAsync(Ping, 0, 0, new byte[8]);
            await tunnel.ReadAsync(Ping);
        }

        var call = _caller.CallAsync("busy");
        var (_, stream, _) = await tunnel.ReadAsync(Headers);
        await tunnel.SendAsync(Headers, EndHeaders | EndStream, stream, HostileTunnel.AnswerOf());
        using var answer = await call;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_storm_of_resets_ends_its_own_call_and_no_other()
    {
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "hostile");
        var first = _caller.CallAsync("hostile");
        var (_, stream, _) = await tunnel.ReadAsync(Headers);

        await tunnel.SendAsync(Repeat(Frame(Reset, 0, stream, [0, 0, 0, 8]), 10_000));

        Assert.Equal(HttpStatusCode.BadGateway, (await first).StatusCode);
        var second = _caller.CallAsync("hostile");
        (_, stream, _) = await tunnel.ReadAsync(Headers);
        await tunnel.SendAsync(Headers, EndHeaders | EndStream, stream, HostileTunnel.AnswerOf());
        Assert.Equal(HttpStatusCode.OK, (await second).StatusCode);
    }

    [Theory]
    [InlineData(Data, 0, 0)]
    [InlineData(Headers, EndHeaders, 2)]
    [InlineData(5, EndHeaders, 1)]
    [InlineData(WindowUpdate, 0, 0)]
    public async Task A_frame_that_makes_no_sense_ends_the_connection(byte type, byte flags, int stream)
    {
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "hostile");
        var call = _caller.CallAsync("hostile");
        await tunnel.ReadAsync(Headers);

        await tunnel.SendAsync(type, flags, stream, new byte[4]);

        await ErrorAssert.IsAsync(await call, HttpStatusCode.BadGateway, "broke off");
        await tunnel.EndedAsync(Soon);
    }

    [Fact]
    public async Task A_window_that_never_opens_stops_the_callers_body_and_holds_little_of_it()
    {
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "hostile", Setting(InitialWindowSize, 0));
        using var leaves = new CancellationTokenSource();
        var body = new EndlessContent();
        var call = _caller.CallAsync("hostile", body, cancellationToken: leaves.Token);
        var (_, stream, _) = await tunnel.ReadAsync(Headers);

        await body.Progress.IsStoppedAsync();
        Assert.InRange(body.Progress.Bytes, 1, 4 * MiB);

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await tunnel.ReadAsync(Reset, stream);
    }

    [Fact]
    public async Task A_caller_that_leaves_ends_the_call_that_is_never_answered()
    {
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "hostile");
        using var leaves = new CancellationTokenSource();
        var call = _caller.CallAsync("hostile", cancellationToken: leaves.Token);
        var (_, stream, _) = await tunnel.ReadAsync(Headers);

        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await tunnel.ReadAsync(Reset, stream);
    }

    [Fact]
    public async Task A_call_that_is_not_taken_goes_to_another_connection_unless_a_part_of_its_body_is_gone()
    {
        using var leaving = await HostileTunnel.OpenAsync(_environment, "both");
        var empty = _caller.CallAsync("both");
        await leaving.ReadAsync(Headers);
        var begun = _caller.CallAsync("both", new StringContent("a part"));
        var (_, stream, _) = await leaving.ReadAsync(Headers);
        await leaving.ReadAsync(Data, stream);
        await using var staying = await TestTunnelClient.StartAsync(
            shared.Cloud.Ports.Tunnel, await _environment.KeyAsync(), _environment.Id, "both", context => context.Response.WriteAsync("taken"));
        Assert.Equal("ok", (await staying.Trailers)["tunnel-status"]);

        // GOAWAY: the last stream that was looked at is the handshake's.
        await leaving.SendAsync(GoAway, 0, 0, [0, 0, 0, 1, 0, 0, 0, 0]);

        Assert.Equal("taken", await (await empty).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await ErrorAssert.IsAsync(await begun, HttpStatusCode.ServiceUnavailable, "did not take the call");
    }

    private async Task OthersAreServedAsync()
    {
        using var answer = await _caller.CallAsync("other");
        Assert.Equal("served", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
