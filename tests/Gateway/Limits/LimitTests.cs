using System.Diagnostics;
using System.Net;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Tiers;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Limits;

public sealed class LimitTests : IAsyncLifetime
{
    private readonly EchoUpstream _echo = new();
    private TestUpstream _upstream = null!;
    private TestCloud _cloud = null!;
    private TestEnvironment _environment = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var small = new TierCatalog().Free with { RequestsPerSecond = 1, RequestBurst = 20, ConcurrentRequests = 3, RequestBodyBytes = 1000 };
        _upstream = await TestUpstream.StartAsync(_echo.HandleAsync);
        _cloud = await TestCloud.StartAsync(_upstream.Address, tiers: new TierCatalog { Free = small });
        _environment = await (await _cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        _client = _environment.Client(await _environment.KeyAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cloud.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Beyond_its_burst_an_environment_gets_429_and_others_do_not()
    {
        var clock = Stopwatch.StartNew();
        var answers = new List<HttpResponseMessage>();
        while (answers.LastOrDefault()?.StatusCode != HttpStatusCode.TooManyRequests) answers.Add(await _client.GetAsync("/Greeter/greet", Cancellation));

        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), 20, 21 + clock.Elapsed.TotalSeconds);
        var refused = answers[^1];
        await ErrorAssert.IsAsync(refused, HttpStatusCode.TooManyRequests, "rate limit");
        Assert.NotNull(refused.Headers.RetryAfter);

        var other = await (await _cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        using var client = other.Client(await other.KeyAsync());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/Greeter/greet", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Beyond_its_requests_in_flight_an_environment_gets_429_until_one_has_ended()
    {
        var polls = Enumerable.Range(0, 3).Select(_ => _client.GetStringAsync("/Greeter/hold", Cancellation)).ToList();
        await Eventually.HoldsAsync(() => _echo.Holding == 3, "all are in flight");

        await ErrorAssert.IsAsync(await _client.GetAsync("/Greeter/greet", Cancellation), HttpStatusCode.TooManyRequests, "concurrent");

        _echo.Release();
        await Task.WhenAll(polls);
        await Eventually.HoldsAsync(
            async () => (await _client.GetAsync("/Greeter/greet", Cancellation)).StatusCode == HttpStatusCode.OK, "there is a place again");
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_body_that_is_too_large_by_its_own_account_is_refused_unread(string version)
    {
        using var client = _environment.Client(await _environment.KeyAsync(), version: new Version(version));

        using var answer = await client.PostAsync("/Greeter/length", new ByteArrayContent(new byte[1001]), Cancellation);

        await ErrorAssert.IsAsync(answer, HttpStatusCode.RequestEntityTooLarge, "larger than");
        Assert.Empty(_echo.Targets);
    }

    [Fact]
    public async Task A_body_that_turns_out_too_large_is_refused()
    {
        var key = await _environment.KeyAsync();

        var answer = await RawConnection.ExchangeAsync(
            _environment.Own.Ingress,
            $"POST /Greeter/length HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"
            + $"200\r\n{new string('a', 512)}\r\n200\r\n{new string('a', 512)}\r\n0\r\n\r\n");

        Assert.Equal(413, RawConnection.StatusOf(answer));
        Assert.Contains("\"code\":413", answer);
    }

    [Fact]
    public async Task A_body_of_the_largest_size_passes()
    {
        using var answer = await _client.PostAsync("/Greeter/length", new ByteArrayContent(new byte[1000]), Cancellation);

        Assert.Equal("1000", await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
