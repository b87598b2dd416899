using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Gateway.Tests.Tunnels.Attacks;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels.Crossing;

/// <summary>Calls that enter at a gateway that does not hold their tunnel: they are as if it did.</summary>
public sealed class CrossingTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private TwoGateways _gateways = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateways = await TwoGateways.StartAsync();

    public ValueTask DisposeAsync() => _gateways.DisposeAsync();

    [Fact]
    public async Task A_call_reaches_the_client_at_the_other_gateway_with_path_and_identity_and_its_answer_comes_back_with_trailers()
    {
        await using var tunnel = await _gateways.OpenAsync("laptop", async context =>
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers["x-scheme"] = context.Request.Headers["x-restate-signature-scheme"];
            context.Response.DeclareTrailer("x-end");
            await context.Response.WriteAsync(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
            context.Response.AppendTrailer("x-end", "42");
        });

        using var answer = await _gateways.Caller.CallAsync("laptop", query: "?a=%20b");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("/http/localhost/9080/invoke/Greeter/greet?a=%20b", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("v1", Assert.Single(answer.Headers.GetValues("x-scheme")));
        Assert.Equal("42", Assert.Single(answer.TrailingHeaders.GetValues("x-end")));
    }

    [Fact]
    public async Task A_large_body_passes_both_ways_at_once()
    {
        await using var tunnel = await _gateways.OpenAsync("laptop", context => context.Request.Body.CopyToAsync(context.Response.Body));
        var bytes = new byte[20 * 1024 * 1024];
        Random.Shared.NextBytes(bytes);

        using var answer = await _gateways.Caller.CallAsync("laptop", new DuplexContent(bytes));

        var echoed = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.True(bytes.AsSpan().SequenceEqual(echoed));
    }

    [Fact]
    public async Task Each_message_of_a_call_that_goes_on_reaches_the_client_at_once()
    {
        var received = Channel.CreateUnbounded<byte>();
        await using var tunnel = await _gateways.OpenAsync("laptop", async context =>
        {
            var message = new byte[1];
            while (await context.Request.Body.ReadAsync(message) > 0) received.Writer.TryWrite(message[0]);
        });

        using var answer = await _gateways.Caller.CallAsync("laptop", new DialogueContent(received.Reader)).WaitAsync(Soon, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_answer_that_comes_before_the_call_has_ended_is_the_answer()
    {
        await using var tunnel = await _gateways.OpenAsync("laptop", _ => Task.CompletedTask);

        using var answer = await _gateways.Caller.CallAsync("laptop", new EndlessContent());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_caller_that_goes_away_takes_the_call_back_at_the_service()
    {
        var (entered, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var tunnel = await _gateways.OpenAsync("laptop", async context =>
        {
            await using var registration = context.RequestAborted.Register(ended.SetResult);
            entered.SetResult();
            await ended.Task;
        });
        using var cancellation = new CancellationTokenSource();

        var call = _gateways.Caller.CallAsync("laptop", cancellationToken: cancellation.Token);
        await entered.Task.WaitAsync(Soon, Cancellation);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await ended.Task.WaitAsync(Soon, Cancellation);
    }

    [Fact]
    public async Task A_client_that_breaks_off_gives_the_answer_that_it_gives_at_its_own_gateway()
    {
        await using var tunnel = await _gateways.OpenAsync("laptop", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        using var answer = await _gateways.Caller.CallAsync("laptop");

        await ErrorAssert.IsAsync(answer, HttpStatusCode.BadGateway, "The tunnel's client broke off");
    }

    [Fact]
    public async Task A_service_that_answers_as_a_gateway_would_that_has_no_tunnel_is_taken_at_its_word_and_not_for_one()
    {
        var calls = 0;
        await using var tunnel = await _gateways.OpenAsync("laptop", context =>
        {
            Interlocked.Increment(ref calls);
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            context.Response.Headers["restate-cloud-tunnel"] = "not-here";
            return Task.CompletedTask;
        });

        using var answer = await _gateways.Caller.CallAsync("laptop");

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("restate-cloud-tunnel"));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_tunnel_that_no_gateway_holds_is_unknown_or_away_as_it_is_with_one_gateway()
    {
        using (var unknown = await _gateways.Caller.CallAsync("laptop")) await ErrorAssert.IsAsync(unknown, HttpStatusCode.NotFound, "no tunnel 'laptop'");
        await using (await _gateways.OpenAsync("desktop", _ => Task.CompletedTask))
        {
            await ServedAsync("desktop");
        }

        using var away = await Eventually.GetAsync(
            async () => await _gateways.Caller.CallAsync("desktop") is { StatusCode: not HttpStatusCode.OK } refused ? refused : null, "it is away");
        await ErrorAssert.IsAsync(away, HttpStatusCode.ServiceUnavailable, "No client of the tunnel 'desktop' is connected");
        Assert.Equal("1", Assert.Single(away.Headers.GetValues("retry-after")));
    }

    [Fact]
    public async Task A_tunnel_that_moves_to_another_gateway_is_found_there_by_the_next_call()
    {
        await using (await _gateways.OpenAsync("laptop", _ => Task.CompletedTask))
        {
            await ServedAsync("laptop");
            await using var moved = await _gateways.OpenAsync("laptop", context => context.Response.WriteAsync("moved"), _gateways.Cloud.Ports.Tunnel);
        }

        await using var again = await _gateways.OpenAsync("laptop", context => context.Response.WriteAsync("again"), _gateways.Cloud.Ports.Tunnel);
        await Eventually.HoldsAsync(async () => (await _gateways.Grain("laptop").DescribeAsync())!.Holds.Length == 1, "the first holder has let go");

        using var answer = await _gateways.Caller.CallAsync("laptop");
        Assert.Equal("again", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Calls_cross_without_asking_the_control_plane()
    {
        await using var tunnel = await _gateways.OpenAsync("laptop", _ => Task.CompletedTask);
        await ServedAsync("laptop");

        await _gateways.Cloud.StopAsync();

        for (var i = 0; i < 100; i++) await ServedAsync("laptop");
    }

    private async Task ServedAsync(string tunnel)
    {
        using var answer = await _gateways.Caller.CallAsync(tunnel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
