using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Gateway.Tests.Tunnels.Attacks;
using RestateCloud.Grains.Identifiers;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels;

public sealed class ProxyTests(SharedCloud shared) : IAsyncLifetime
{
    private const string Service = "http/localhost/9080";
    private const string Invoke = "/invoke/Greeter/greet";

    private TestEnvironment _environment = null!;
    private CallSigner _identity = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _environment = await shared.CreateEnvironmentAsync();
        _identity = await TestIdentity.OfAsync(_environment);
        _client = Clients.To(shared.Cloud.Ports.TunnelProxy, null, HttpVersion.Version20);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return default;
    }

    [Fact]
    public async Task A_call_reaches_the_client_with_its_path_query_and_headers()
    {
        await using var tunnel = await OpenAsync("laptop", async context =>
        {
            context.Response.Headers["x-seen"] = context.Request.Headers["x-restate-tunnel-http-version"];
            await context.Response.WriteAsync(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        });

        using var answer = await CallAsync("laptop", $"/base{Invoke}?a=%20b", _identity.Token(Invoke), ("x-restate-tunnel-http-version", "HTTP/1.1"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"/{Service}/base{Invoke}?a=%20b", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("HTTP/1.1", Assert.Single(answer.Headers.GetValues("x-seen")));
    }

    [Fact]
    public async Task A_large_body_passes_both_ways_at_once()
    {
        await using var tunnel = await OpenAsync("laptop", context => context.Request.Body.CopyToAsync(context.Response.Body));
        var bytes = new byte[20 * 1024 * 1024];
        Random.Shared.NextBytes(bytes);

        using var answer = await CallAsync("laptop", Invoke, _identity.Token(Invoke), content: new DuplexContent(bytes));

        var echoed = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.True(bytes.AsSpan().SequenceEqual(echoed));
    }

    [Fact]
    public async Task Each_message_of_a_call_that_goes_on_reaches_the_client_at_once()
    {
        var received = Channel.CreateUnbounded<byte>();
        await using var tunnel = await OpenAsync("laptop", async context =>
        {
            var message = new byte[1];
            while (await context.Request.Body.ReadAsync(message) > 0) received.Writer.TryWrite(message[0]);
        });

        using var answer = await CallAsync("laptop", Invoke, _identity.Token(Invoke), content: new DialogueContent(received.Reader))
            .WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_answer_that_comes_before_the_call_has_ended_is_the_answer()
    {
        await using var tunnel = await OpenAsync("laptop");

        using var answer = await CallAsync("laptop", Invoke, _identity.Token(Invoke), content: new EndlessContent());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_call_that_is_not_signed_by_the_environment_is_refused()
    {
        await using var tunnel = await OpenAsync("laptop");
        var other = await TestIdentity.OfAsync(await shared.CreateEnvironmentAsync());
        var genuine = _identity.Token(Invoke);

        string?[] forgeries =
        [
            null,
            "",
            "a.b.c",
            other.Token(Invoke),
            other.Token(Invoke, keyId: _identity.PublicKey),
            _identity.Token(Invoke, issuedSecondsAgo: 61),
            _identity.Token(Invoke, issuedSecondsAgo: -120),
            _identity.Token("/invoke/Greeter/other"),
            _identity.Token("/"),
            _identity.Token(""),
            _identity.Token(Invoke, algorithm: "none"),
            _identity.Token(Invoke, algorithm: "HS256"),
            genuine[..(genuine.LastIndexOf('.') + 1)],
            genuine[..^2],
            new string('a', 5000),
        ];
        foreach (var forgery in forgeries)
        {
            using var answer = await CallAsync("laptop", Invoke, forgery);
            await ErrorAssert.IsAsync(answer, HttpStatusCode.Unauthorized, "not signed by the environment");
        }

        using var accepted = await CallAsync("laptop", Invoke, genuine);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    [Fact]
    public async Task A_tunnel_of_another_environment_is_out_of_reach()
    {
        var other = await shared.CreateEnvironmentAsync();
        await using var tunnel = await TestTunnelClient.StartAsync(shared.Cloud.Ports.Tunnel, await other.KeyAsync(), other.Id, "theirs");
        Assert.Equal("ok", (await tunnel.Trailers)["tunnel-status"]);

        using var inOwnName = await CallAsync("theirs", Invoke, _identity.Token(Invoke));
        using var inTheirs = await SendAsync($"/{ResourceId.Bare(other.Id)}/theirs/{Service}{Invoke}", _identity.Token(Invoke));

        await ErrorAssert.IsAsync(inOwnName, HttpStatusCode.NotFound, "no tunnel 'theirs', and no other is open");
        await ErrorAssert.IsAsync(inTheirs, HttpStatusCode.Unauthorized, "not signed by the environment");
    }

    [Theory]
    [InlineData("/healthz", HttpStatusCode.NotFound)]
    [InlineData("/00000000000000000000/laptop/ftp/localhost/9080/discover", HttpStatusCode.NotFound)]
    [InlineData("/00000000000000000000/laptop/http/localhost/99999/discover", HttpStatusCode.NotFound)]
    [InlineData("/00000000000000000000/laptop/http/localhost/9080/../discover", HttpStatusCode.BadRequest)]
    [InlineData("/00000000000000000000/laptop/http/local%2fhost/9080/discover", HttpStatusCode.BadRequest)]
    [InlineData("/00000000000000000000/laptop/http/localhost/9080/discover", HttpStatusCode.Unauthorized)]
    public async Task A_path_that_is_none_of_the_proxys_is_refused(string path, HttpStatusCode status)
    {
        using var answer = await SendAsync(path, _identity.Token("/discover"));

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_tunnel_that_was_never_open_is_unknown_and_the_answer_names_those_that_are()
    {
        await using var tunnel = await OpenAsync("laptop");

        using var answer = await CallAsync("lapdog", Invoke, _identity.Token(Invoke));

        await ErrorAssert.IsAsync(answer, HttpStatusCode.NotFound, "no tunnel 'lapdog'; open are: laptop");
    }

    [Fact]
    public async Task A_tunnel_whose_client_has_gone_is_to_be_tried_again()
    {
        await (await OpenAsync("laptop")).DisposeAsync();

        using var answer = await Eventually.GetAsync(
            async () => await CallAsync("laptop", Invoke, _identity.Token(Invoke)) is { StatusCode: not HttpStatusCode.OK } refused ? refused : null,
            "the client is gone",
            cancellationToken: Cancellation);

        await ErrorAssert.IsAsync(answer, HttpStatusCode.ServiceUnavailable, "No client of the tunnel 'laptop' is connected");
        Assert.Equal("1", Assert.Single(answer.Headers.GetValues("retry-after")));
    }

    private async Task<TestTunnelClient> OpenAsync(string name, RequestDelegate? service = null)
    {
        var client = await TestTunnelClient.StartAsync(shared.Cloud.Ports.Tunnel, await _environment.KeyAsync(), _environment.Id, name, service);
        Assert.Equal("ok", (await client.Trailers)["tunnel-status"]);
        return client;
    }

    private Task<HttpResponseMessage> CallAsync(string tunnel, string path, string? token, (string, string)? header = null, HttpContent? content = null) =>
        SendAsync($"/{ResourceId.Bare(_environment.Id)}/{tunnel}/{Service}{path}", token, header, content);

    private async Task<HttpResponseMessage> SendAsync(string path, string? token, (string Name, string Value)? header = null, HttpContent? content = null)
    {
        var verbatim = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{_client.BaseAddress!.GetLeftPart(UriPartial.Authority)}{path}", verbatim))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        if (token is not null)
        {
            request.Headers.Add("x-restate-signature-scheme", "v1");
            request.Headers.TryAddWithoutValidation("x-restate-jwt-v1", token);
        }

        if (header is var (name, value)) request.Headers.Add(name, value);
        return await _client.SendAsync(request, Cancellation);
    }
}
