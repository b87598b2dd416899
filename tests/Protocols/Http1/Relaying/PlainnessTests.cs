using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Tests.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>What two readers may read differently is never passed on: what one of them takes for a body would be a request to the other.</summary>
public sealed class PlainnessTests
{
    [Theory]
    [InlineData("GET / HTTP/1.0\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.2\r\nHost: a\r\n\r\n")]
    [InlineData("GET  / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1 \r\nHost: a\r\n\r\n")]
    [InlineData("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET /\u00E4 HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData(" GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("CONNECT /a HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost:\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost : a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\n\r\n")]
    [InlineData("GET / HTTP/1.1\nHost: a\n\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n:path: /b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX Y: b\r\n\r\n")]
    public Task A_head_that_is_not_plain_is_left(string head) => IsLeftAsync(head);

    [Theory]
    [InlineData("Connection: close")]
    [InlineData("Connection: keep-alive, X-Name")]
    [InlineData("Connection: X-Name")]
    [InlineData("Connection: upgrade\r\nUpgrade: websocket")]
    [InlineData("Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA")]
    [InlineData("HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA")]
    [InlineData("Keep-Alive: timeout=5")]
    [InlineData("Proxy-Connection: keep-alive")]
    [InlineData("TE: trailers")]
    [InlineData("Trailer: x-name")]
    [InlineData("Expect: 100-continue\r\nContent-Length: 5")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: gzip, chunked")]
    [InlineData("Transfer-Encoding: identity")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("Transfer-Encoding: Chunked")]
    [InlineData("Transfer-Encoding:\vchunked")]
    [InlineData("Transfer-Encoding : chunked")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6")]
    [InlineData("Content-Length: 5, 5")]
    [InlineData("Content-Length: +5")]
    [InlineData("Content-Length: -5")]
    [InlineData("Content-Length: 0x5")]
    [InlineData("Content-Length: 5 5")]
    [InlineData("Content-Length:")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Content_Length: 5\r\nContent-Length : 5")]
    public Task A_request_that_asks_for_more_or_says_two_things_of_its_body_is_left(string fields) =>
        IsLeftAsync($"POST / HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n");

    [Fact]
    public Task A_head_without_end_is_left() => IsLeftAsync($"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('a', 40_000)}");

    [Fact]
    public Task A_head_with_too_many_fields_is_left() =>
        IsLeftAsync($"GET / HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Range(0, 200).Select(i => $"x{i}: 1\r\n"))}\r\n");

    [Fact]
    public async Task A_slow_head_is_left_to_the_patient()
    {
        await using var relay = await CallerRelay.StartAsync(clock: new HastyClock());
        const string Head = "GET / HTTP/1.1\r\nHost: a";

        _ = relay.Caller.SendAsync(Head);

        Assert.Equal(Head, await relay.Left.WaitAsync(Peer.Soon));
    }

    [Fact]
    public async Task A_request_that_finds_no_way_is_left_as_it_is()
    {
        await using var relay = await CallerRelay.StartAsync(refuses: true);
        const string Request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbodyGET /next";

        _ = relay.Caller.SendAsync(Request);

        Assert.Equal(Request, await relay.Left.WaitAsync(Peer.Soon));
    }

    [Fact]
    public async Task A_request_that_is_left_leaves_the_answers_before_it_alone()
    {
        await using var relay = await CallerRelay.StartAsync();
        const string Next = "GET / HTTP/1.0\r\n\r\n";
        _ = relay.Caller.SendAsync($"GET / HTTP/1.1\r\nHost: a\r\n\r\n{Next}");
        await relay.Service.ReadHeadersAsync();

        await relay.Service.HeadersAsync(1, ":status 204", isLast: true);

        Assert.Equal("HTTP/1.1 204 No Content\r\n\r\n", await relay.Caller.ReadToEndAsync());
        Assert.Equal(Next, await relay.Left.WaitAsync(Peer.Soon));
    }

    [Theory]
    [InlineData("5;name=value\r\nabcde\r\n")]
    [InlineData("000000005\r\n")]
    [InlineData("4\r\nabcde\r\n")]
    [InlineData("5\nabcde\n")]
    [InlineData("0\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("0\r\nX : a\r\n\r\n")]
    public async Task A_body_that_is_malformed_ends_its_call_and_the_connection(string body)
    {
        await using var relay = await CallerRelay.StartAsync();
        await relay.Caller.SendAsync($"{CallerTests.Head}Transfer-Encoding: chunked\r\n\r\n");
        await relay.Service.ReadHeadersAsync();

        _ = relay.Caller.SendAsync($"{body}GET /next HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal([0, 0, 0, 8], (await relay.Service.ReadAsync(FrameType.ResetStream)).Payload);
        Assert.Equal("", await relay.Caller.ReadToEndAsync());
        Assert.Null(await relay.Left.WaitAsync(Peer.Soon));
        Assert.Single(relay.Calls);
    }

    private static async Task IsLeftAsync(string request)
    {
        await using var relay = await CallerRelay.StartAsync();

        _ = relay.Caller.SendAsync(request);

        Assert.Equal(request, await relay.Left.WaitAsync(Peer.Soon));
        Assert.Empty(relay.Calls);
    }
}
