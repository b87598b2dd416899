using RestateCloud.Gateway.Tests.Hosting;

namespace RestateCloud.Gateway.Tests.DataPlane;

/// <summary>Requests that two servers could cut in two different places.</summary>
public sealed class SmugglingTests(SharedCloud shared)
{
    private const string Smuggled = "GET /Smuggled/request HTTP/1.1\r\nhost: x\r\n\r\n";

    [Theory]
    [InlineData("content-length: 5\r\ncontent-length: 6\r\n\r\nhello!")]
    [InlineData("content-length: 4, 4\r\n\r\nhell")]
    [InlineData("content-length: -1\r\n\r\n")]
    [InlineData("transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("transfer-encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("transfer-encoding: chunked\r\n\r\nZZ\r\n\r\n")]
    [InlineData("transfer-encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("x: y\r\n folded\r\n\r\n")]
    [InlineData("x\0y: z\r\n\r\n")]
    [InlineData("x: a\rb\r\n\r\n")]
    public async Task A_request_with_unclear_framing_is_refused(string rest)
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();

        var answer = await RawConnection.ExchangeAsync(
            environment.Own.Ingress, $"POST /Greeter/greet HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {key}\r\n{rest}");

        Assert.InRange(RawConnection.StatusOf(answer), 400, 499);
    }

    [Theory]
    [InlineData("transfer-encoding: chunked\r\ncontent-length: {0}\r\n\r\n0\r\n\r\n")]
    [InlineData("content-length: {0}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n")]
    public async Task What_follows_a_doubly_framed_request_does_not_ride_on_its_credential(string rest)
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();
        var framed = string.Format(rest, Smuggled.Length + 5);

        var answer = await RawConnection.ExchangeAsync(
            environment.Own.Ingress,
            $"POST /Greeter/greet HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\n{framed}{Smuggled}GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");

        Assert.DoesNotContain("/Smuggled/request", shared.Echo.Targets);
        Assert.True(RawConnection.StatusOf(answer) is 200 or 400, answer);
    }

    [Fact]
    public async Task Each_request_of_a_connection_is_authenticated_for_itself()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();

        var answer = await RawConnection.ExchangeAsync(
            environment.Own.Ingress,
            $"GET /Greeter/first HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\n\r\nGET /Pipelined/second HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.Contains("HTTP/1.1 401", answer);
        Assert.DoesNotContain("/Pipelined/second", shared.Echo.Targets);
    }

    [Theory]
    [InlineData("connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAARAAAAAAAIAAAAA\r\n")]
    [InlineData("connection: upgrade\r\nupgrade: anything\r\n")]
    [InlineData("connection: authorization, x-dropped\r\nx-dropped: 1\r\n")]
    public async Task A_connection_is_not_turned_into_a_tunnel_past_the_checks(string headers)
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();

        using var connection = await RawConnection.OpenAsync(environment.Own.Ingress);
        await connection.SendAsync($"GET /Greeter/greet HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\n{headers}\r\n{Smuggled}");
        await connection.SendAsync("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.DoesNotContain("\"upgrade\"", answer);
        Assert.DoesNotContain("http2-settings", answer);
        Assert.DoesNotContain("/Smuggled/request", shared.Echo.Targets);
    }

    [Fact]
    public async Task Headers_that_are_too_large_or_too_many_are_refused()
    {
        var environment = await shared.CreateEnvironmentAsync();
        string[] headers = [$"x: {new string('a', 40_000)}\r\n", string.Concat(Enumerable.Range(0, 200).Select(i => $"x{i}: y\r\n"))];

        foreach (var header in headers)
        {
            var answer = await RawConnection.ExchangeAsync(environment.Own.Ingress, $"GET /Greeter/greet HTTP/1.1\r\nhost: x\r\n{header}\r\n");
            Assert.Equal(431, RawConnection.StatusOf(answer));
        }
    }

    [Fact]
    public async Task A_target_that_is_too_long_is_refused_in_words_or_cut_off()
    {
        var environment = await shared.CreateEnvironmentAsync();

        var answer = await RawConnection.ExchangeAsync(
            environment.Own.Ingress, $"GET /{new string('a', 9_000)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        var longer = await RawConnection.ExchangeAsync(environment.Own.Ingress, $"GET /{new string('a', 40_000)} HTTP/1.1\r\nhost: x\r\n\r\n");

        Assert.Equal(414, RawConnection.StatusOf(answer));
        Assert.Contains("longer than 8192", answer);
        Assert.Equal(414, RawConnection.StatusOf(longer));
    }
}
