using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Forwarding;

public sealed class ForwardingTests(SharedCloud shared)
{
    public static TheoryData<string> Protocols => ["1.1", "2.0"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_request_goes_on_in_the_clients_protocol_to_ingress_and_admin(string version)
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();
        using var ingress = environment.Client(key, PortRole.Ingress, new Version(version));
        using var admin = environment.Client(key, PortRole.Admin, new Version(version));

        var call = await Echo.ReadAsync(await ingress.PostAsync("/Greeter/greet?delay=1s", new StringContent("{}"), Cancellation));
        var read = await Echo.ReadAsync(await admin.GetAsync("/deployments", Cancellation));

        Assert.Equal((version == "1.1" ? "HTTP/1.1" : "HTTP/2", "POST", "/Greeter/greet?delay=1s"), (call.Protocol, call.Method, call.Target));
        Assert.Equal("/deployments", read.Target);
    }

    [Theory]
    [InlineData("/Cart/my%20key%2Ewith%25escapes/add?delay=1s&x={\"a\"}|^`%2F../..//%zz+")]
    [InlineData("/Cart/caf%c3%a9/a~!$&'()*+,;=:@dd")]
    [InlineData("/Greeter/greet/")]
    [InlineData("/Greeter/greet?")]
    [InlineData("/Greeter/?")]
    [InlineData("/Greeter/greet_by-name?a=1&&b==/x//y?z")]
    [InlineData("/my.Greeter/greet.")]
    public async Task A_target_arrives_byte_for_byte(string target)
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();

        var answer = await RawConnection.ExchangeAsync(
            environment.Own.Ingress, $"GET {target} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\nconnection: close\r\n\r\n");

        Assert.Equal(200, RawConnection.StatusOf(answer));
        Assert.Contains(target, shared.Echo.Targets);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Credentials_do_not_reach_the_environment(string version)
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();
        using var client = environment.Client(null, version: new Version(version));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/Greeter/greet")
        {
            Version = client.DefaultRequestVersion, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new StringContent("{}"),
        };
        request.Headers.TryAddWithoutValidation("aUtHoRiZaTiOn", $"bEaReR {key}");
        request.Headers.TryAddWithoutValidation("Proxy-Authorization", "Basic c2VjcmV0");
        request.Headers.TryAddWithoutValidation("X-Copy", $"also {key} here");
        request.Headers.TryAddWithoutValidation("Cookie", "theme=dark; __Host-restate-cloud-session=secret; restate-cloud=secret; a=b");
        request.Content.Headers.TryAddWithoutValidation("Content-Language", key);

        var echo = await Echo.ReadAsync(await client.SendAsync(request, Cancellation));

        Assert.DoesNotContain(echo.Headers, header => header.Value.Contains(key) || header.Value.Contains("secret") || header.Value.Contains("c2VjcmV0"));
        Assert.DoesNotContain("authorization", echo.Headers.Keys);
        Assert.Equal("theme=dark; a=b", echo.Headers["cookie"]);
    }

    [Fact]
    public async Task What_a_client_says_in_a_proxys_name_is_replaced()
    {
        var environment = await shared.CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/Greeter/greet");
        foreach (var name in new[] { "X-Forwarded-For", "x-forwarded-host", "X-Forwarded-Proto", "X-Forwarded-Anything", "Forwarded", "X-Real-IP" })
        {
            request.Headers.TryAddWithoutValidation(name, "203.0.113.7");
        }

        var echo = await Echo.ReadAsync(await client.SendAsync(request, Cancellation));

        Assert.DoesNotContain(echo.Headers, header => header.Value.Contains("203.0.113.7"));
        Assert.Equal(("127.0.0.1", "http"), (echo.Headers["x-forwarded-for"], echo.Headers["x-forwarded-proto"]));
    }

    [Fact]
    public async Task Other_headers_pass_unchanged()
    {
        var environment = await shared.CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/Greeter/greet") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Host = "tenant.example";
        request.Headers.Add("idempotency-key", "k1");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        var echo = await Echo.ReadAsync(await client.SendAsync(request, Cancellation));

        Assert.Equal("k1", echo.Headers["idempotency-key"]);
        Assert.Equal("tenant.example", echo.Headers["host"]);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", echo.Headers["traceparent"]);
        Assert.Equal("application/json; charset=utf-8", echo.Headers["content-type"]);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_body_of_twenty_megabytes_passes(string version)
    {
        var environment = await shared.CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync(), version: new Version(version));

        using var answer = await client.PostAsync("/Greeter/length", new ByteArrayContent(new byte[20_000_000]), Cancellation);

        Assert.Equal("20000000", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Two_hundred_long_polls_hang_side_by_side_and_all_are_answered(string version)
    {
        var echo = new EchoUpstream();
        await using var upstream = await TestUpstream.StartAsync(echo.HandleAsync);
        await using var cloud = await TestCloud.StartAsync(upstream.Address);
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync(), version: new Version(version));

        var polls = Enumerable.Range(0, 200).Select(_ => client.GetStringAsync("/Greeter/hold", Cancellation)).ToList();
        await Eventually.HoldsAsync(() => echo.Holding == 200, "all are at the environment");
        echo.Release();

        Assert.All(await Task.WhenAll(polls), answer => Assert.Equal("released", answer));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_client_that_goes_away_takes_its_request_with_it(string version)
    {
        var echo = new EchoUpstream();
        await using var upstream = await TestUpstream.StartAsync(echo.HandleAsync);
        await using var cloud = await TestCloud.StartAsync(upstream.Address);
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync(), version: new Version(version));
        using var abort = new CancellationTokenSource();
        var poll = client.GetStringAsync("/Greeter/hold", abort.Token);
        await Eventually.HoldsAsync(() => echo.Holding == 1, "it is at the environment");

        await abort.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        await Eventually.HoldsAsync(() => echo.Holding == 0, "it is cancelled at the environment");
    }

    [Fact]
    public async Task Trailers_pass()
    {
        var environment = await shared.CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync(), version: HttpVersion.Version20);

        using var answer = await client.GetAsync("/Greeter/trailers", Cancellation);

        Assert.Equal("body", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("42", answer.TrailingHeaders.GetValues("x-checksum").Single());
    }

    /// <remarks>YARP sends pieces on at once for content types of gRPC; others may wait for more. The ingress reads whole bodies before it acts.</remarks>
    [Fact]
    public async Task Streams_pass_both_ways_without_waiting_for_each_other()
    {
        var environment = await shared.CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync(), version: HttpVersion.Version20);
        var body = Channel.CreateUnbounded<string>();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/Greeter/duplex")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new FlushedContent(body.Reader),
        };

        body.Writer.TryWrite("one");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var stream = await answer.Content.ReadAsStreamAsync(Cancellation);

        Assert.Equal("one", await ReadAsync(stream, 3));
        body.Writer.TryWrite("two");
        Assert.Equal("two", await ReadAsync(stream, 3));
        body.Writer.Complete();
        Assert.Equal(0, await stream.ReadAsync(new byte[1], Cancellation));
    }

    [Fact]
    public async Task WebSockets_pass()
    {
        var environment = await shared.CreateEnvironmentAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("authorization", $"Bearer {await environment.KeyAsync()}");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{environment.Own.Ingress}/Greeter/socket"), Cancellation);

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Cancellation);
        var buffer = new byte[10];
        var received = await socket.ReceiveAsync(buffer, Cancellation);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_environment_that_breaks_off_gives_502(string version)
    {
        var environment = await shared.CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync(), version: new Version(version));

        using var answer = await client.PostAsync("/Greeter/break", new StringContent("{}"), Cancellation);

        await ErrorAssert.IsAsync(answer, HttpStatusCode.BadGateway, "broke off");
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_answer_that_breaks_off_midway_does_not_look_complete(string version)
    {
        var echo = new EchoUpstream();
        await using var upstream = await TestUpstream.StartAsync(echo.HandleAsync);
        await using var cloud = await TestCloud.StartAsync(upstream.Address);
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync(), version: new Version(version));

        using var answer = await client.GetAsync("/Greeter/breakoff", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
        Assert.Equal("half", await ReadAsync(stream, 4));
        echo.Release();

        await Assert.ThrowsAnyAsync<IOException>(async () => await stream.ReadExactlyAsync(new byte[96], Cancellation));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_environment_that_does_not_listen_gives_503_and_when_to_retry(string version)
    {
        await using var cloud = await TestCloud.StartAsync(Grains.Environments.UpstreamAddress.Unix("/nonexistent/ingress.sock"));
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync(), version: new Version(version));

        using var answer = await client.GetAsync("/Greeter/greet", Cancellation);

        await ErrorAssert.IsAsync(answer, HttpStatusCode.ServiceUnavailable, "not delivered");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private static async Task<string> ReadAsync(Stream stream, int count)
    {
        var buffer = new byte[count];
        await stream.ReadExactlyAsync(buffer, Cancellation);
        return Encoding.UTF8.GetString(buffer);
    }

    private sealed class FlushedContent : HttpContent
    {
        private readonly ChannelReader<string> _pieces;

        public FlushedContent(ChannelReader<string> pieces)
        {
            _pieces = pieces;
            Headers.TryAddWithoutValidation("content-type", "application/grpc");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await foreach (var piece in _pieces.ReadAllAsync())
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(piece));
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
