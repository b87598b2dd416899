using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.TestSupport;

namespace RestateCloud.Cli.Tests.Tunnels;

/// <summary>Calls of a service that is connected, so that they are passed on as they come. It tells by the connection that they come on.</summary>
/// <param name="isHttp1">Whether the service speaks HTTP/1.1.</param>
public abstract class RelayingTests(bool isHttp1) : IAsyncLifetime
{
    private const string Invoke = "/invoke/Greeter/greet";
    private const string WarmUp = "/warm-up";

    private readonly ConcurrentDictionary<string, bool> _connections = new();
    private TestTunnelServer _server = null!;
    private RunningTunnel _tunnel = null!;
    private AcceptedConnection _connection = null!;
    private TestService _service = null!;
    private RequestDelegate _handler = _ => Task.CompletedTask;

    private int Port => isHttp1 ? _service.Http1Port : _service.Http2Port;

    private string? Version => isHttp1 ? "HTTP/1.1" : null;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestTunnelServer.StartAsync();
        _tunnel = RunningTunnel.Start(_server);
        _connection = await _server.NextAsync();
        _service = await TestService.StartAsync(context =>
        {
            _connections.TryAdd(context.Connection.Id, true);
            return context.Request.Path == WarmUp ? Task.CompletedTask : _handler(context);
        });
        await Eventually.HoldsAsync(
            async () =>
            {
                using var answer = await CallAsync(WarmUp);
                return _connections.Count > 1;
            },
            "calls are relayed");
        _connections.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _tunnel.DisposeAsync();
        await _service.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_call_reaches_the_service_byte_for_byte()
    {
        _handler = context => context.Response.WriteAsync(
            $"{context.Request.Protocol} {context.Request.Host} {context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget} {context.Request.Headers.ContainsKey("x-restate-tunnel-http-version")}");

        foreach (var version in isHttp1 ? (string?[])["HTTP/1.1"] : [null, "HTTP/2.0"])
        {
            using var answer = await CallAsync($"/base{Invoke}?a=%20b", version: version);
            Assert.Equal($"{(isHttp1 ? "HTTP/1.1" : "HTTP/2")} localhost:{Port} /base{Invoke}?a=%20b False", await answer.Content.ReadAsStringAsync(Cancellation));
        }

        if (!isHttp1) Assert.Single(_connections);
        await Eventually.HoldsAsync(() => _tunnel.Activity is { InFlight: 0, Last: { Method: "POST", Path: $"/base{Invoke}", Status: 200 } }, "it is shown");
    }

    [Fact]
    public async Task A_call_that_is_not_signed_by_the_environment_reaches_nobody()
    {
        var calls = _service.Calls;
        string?[] forgeries =
        [
            null,
            "",
            "a.b.c",
            CallSigner.Create().Token(Invoke),
            _tunnel.Signer.Token(Invoke, issuedSecondsAgo: 61),
            _tunnel.Signer.Token("/invoke/Greeter/other"),
            _tunnel.Signer.Token(Invoke, algorithm: "none"),
            new string('a', 5000),
        ];

        foreach (var forgery in forgeries)
        {
            using var answer = await _tunnel.CallAsync(_connection, $"/http/localhost/{Port}{Invoke}", forgery, version: Version);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.Equal(calls, _service.Calls);
    }

    [Fact]
    public async Task A_large_body_passes_both_ways_at_once()
    {
        _handler = context => context.Request.Body.CopyToAsync(context.Response.Body);
        var bytes = new byte[20 * 1024 * 1024];
        Random.Shared.NextBytes(bytes);
        using var body = new OpenContent();
        body.Send(bytes);
        body.End();

        using var answer = await CallAsync(Invoke, body);

        var echoed = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.True(bytes.AsSpan().SequenceEqual(echoed));
    }

    [Fact]
    public async Task Each_message_passes_at_once_while_the_call_stays_open()
    {
        _handler = context => context.Request.Body.CopyToAsync(context.Response.Body);
        using var body = new OpenContent();
        body.Send([1]);
        using var answer = await CallAsync(Invoke, body);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
        var echoed = new byte[1];

        for (byte message = 1; message <= 10; message++)
        {
            await stream.ReadExactlyAsync(echoed, Cancellation);
            Assert.Equal(message, echoed[0]);
            body.Send([(byte)(message + 1)]);
        }

        body.End();
    }

    [Fact]
    public async Task Many_calls_at_once_are_answered_each_with_its_own_answer()
    {
        _handler = async context => await context.Response.WriteAsync(await new StreamReader(context.Request.Body).ReadToEndAsync());

        // Those that find no connection make one for those of the next round.
        for (var round = 0; round < 2; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(async i =>
            {
                using var answer = await CallAsync(Invoke, new StringContent($"call {i}"));
                return await answer.Content.ReadAsStringAsync(Cancellation);
            }));
            Assert.Equal(Enumerable.Range(0, 300).Select(i => $"call {i}"), answers);
        }

        Assert.Equal(0, _tunnel.Activity.Errors);
        await Eventually.HoldsAsync(() => _tunnel.Activity.InFlight == 0, "all have ended");
    }

    [Fact]
    public async Task A_caller_that_leaves_ends_the_call()
    {
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        _handler = async context =>
        {
            using var registration = context.RequestAborted.Register(ended.SetResult);
            begun.SetResult();
            await ended.Task;
        };
        using var leaves = new CancellationTokenSource();
        var call = CallAsync(Invoke, cancellationToken: leaves.Token);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await Eventually.HoldsAsync(() => _tunnel.Activity.InFlight == 0, "it has ended");
    }

    [Fact]
    public async Task A_service_that_breaks_off_is_a_502_with_a_sentence()
    {
        _handler = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        using var answer = await CallAsync(Invoke);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains($"http://localhost:{Port} did not answer", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private Task<HttpResponseMessage> CallAsync(
        string path, HttpContent? content = null, string? version = null, CancellationToken? cancellationToken = null) => _tunnel.CallAsync(
        _connection, $"/http/localhost/{Port}{path}", _tunnel.Signer.Token(path.Split('?')[0]), content, version ?? Version, cancellationToken);
}
