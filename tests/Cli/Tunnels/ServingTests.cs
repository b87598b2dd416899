using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.TestSupport;

namespace RestateCloud.Cli.Tests.Tunnels;

public sealed class ServingTests : IAsyncLifetime
{
    private const string Invoke = "/invoke/Greeter/greet";

    private TestTunnelServer _server = null!;
    private RunningTunnel _tunnel = null!;
    private AcceptedConnection _connection = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestTunnelServer.StartAsync();
        _tunnel = RunningTunnel.Start(_server);
        _connection = await _server.NextAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _tunnel.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(null, "HTTP/2")]
    [InlineData("HTTP/2.0", "HTTP/2")]
    [InlineData("HTTP/1.1", "HTTP/1.1")]
    public async Task A_call_reaches_the_service_byte_for_byte_in_the_version_asked_for(string? version, string protocol)
    {
        await using var service = await TestService.StartAsync(context =>
            context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Host} {context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}"));
        var port = version == "HTTP/1.1" ? service.Http1Port : service.Http2Port;

        using var answer = await _tunnel.CallAsync(
            _connection, $"/http/localhost/{port}/base{Invoke}?a=%20b", _tunnel.Signer.Token(Invoke), version: version);

        Assert.Equal($"{protocol} localhost:{port} /base{Invoke}?a=%20b", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_call_that_is_not_signed_by_the_environment_reaches_nobody()
    {
        await using var service = await TestService.StartAsync(_ => Task.CompletedTask);
        var other = CallSigner.Create();
        var genuine = _tunnel.Signer.Token(Invoke);
        string?[] forgeries =
        [
            null,
            "",
            "a.b.c",
            other.Token(Invoke),
            other.Token(Invoke, keyId: _tunnel.Signer.PublicKey),
            _tunnel.Signer.Token(Invoke, issuedSecondsAgo: 61),
            _tunnel.Signer.Token(Invoke, issuedSecondsAgo: -120),
            _tunnel.Signer.Token("/invoke/Greeter/other"),
            _tunnel.Signer.Token(Invoke, algorithm: "none"),
            genuine[..genuine.LastIndexOf('.')] + ".",
        ];

        foreach (var forgery in forgeries)
        {
            using var answer = await _tunnel.CallAsync(_connection, $"/http/localhost/{service.Http2Port}{Invoke}", forgery);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.Equal(0, service.Calls);
        Assert.Equal(forgeries.Length, _tunnel.Activity.Errors);
    }

    [Fact]
    public async Task A_key_that_the_environment_was_given_since_is_looked_up()
    {
        await using var service = await TestService.StartAsync(_ => Task.CompletedTask);
        var next = CallSigner.Create();
        _tunnel.KnownKeys = RunningTunnel.KeysOf(next, _tunnel.Signer);

        foreach (var signer in (CallSigner[])[next, _tunnel.Signer])
        {
            using var answer = await _tunnel.CallAsync(_connection, $"/http/localhost/{service.Http2Port}{Invoke}", signer.Token(Invoke));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/_/health", HttpStatusCode.OK)]
    [InlineData("/_/drain-tunnel", HttpStatusCode.OK)]
    [InlineData("/ftp/localhost/21/x", HttpStatusCode.BadRequest)]
    [InlineData("/http/user@host/80/x", HttpStatusCode.BadRequest)]
    [InlineData("/http/localhost/0/x", HttpStatusCode.BadRequest)]
    [InlineData("/http/localhost/80/x", HttpStatusCode.Unauthorized)]
    public async Task Control_paths_need_no_identity_and_others_a_destination(string path, HttpStatusCode status)
    {
        using var answer = await _tunnel.CallAsync(_connection, path, token: null);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_a_502_with_a_sentence()
    {
        using var answer = await _tunnel.CallAsync(_connection, $"/http/127.0.0.1/1{Invoke}", _tunnel.Signer.Token(Invoke));

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("http://127.0.0.1:1 did not answer", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_large_body_passes_both_ways_at_once()
    {
        await using var service = await TestService.StartAsync(context => context.Request.Body.CopyToAsync(context.Response.Body));
        var bytes = new byte[20 * 1024 * 1024];
        Random.Shared.NextBytes(bytes);
        using var body = new OpenContent();
        body.Send(bytes);
        body.End();

        using var answer = await _tunnel.CallAsync(_connection, $"/http/localhost/{service.Http2Port}{Invoke}", _tunnel.Signer.Token(Invoke), body);

        var echoed = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.True(bytes.AsSpan().SequenceEqual(echoed));
    }

    [Fact]
    public async Task Each_message_passes_at_once_while_the_call_stays_open()
    {
        await using var service = await TestService.StartAsync(context => context.Request.Body.CopyToAsync(context.Response.Body));
        using var body = new OpenContent();
        body.Send([1]);
        using var answer = await _tunnel.CallAsync(_connection, $"/http/localhost/{service.Http2Port}{Invoke}", _tunnel.Signer.Token(Invoke), body)
            .WaitAsync(TimeSpan.FromSeconds(60));
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
        var echoed = new byte[1];

        for (byte message = 1; message <= 10; message++)
        {
            await stream.ReadExactlyAsync(echoed).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(message, echoed[0]);
            body.Send([(byte)(message + 1)]);
        }

        body.End();
    }
}
