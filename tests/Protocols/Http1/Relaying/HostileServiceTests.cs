using RestateCloud.Protocols.Http2.Frames;

namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>What services send that two readers could read differently, or that has no end: it ends their connection, and harms no other call.</summary>
public sealed class HostileServiceTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\ncontent-length: 0\n\n")]
    [InlineData("HTTP/1.1 200 OK\r\nx-a: b\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nx-a: b\rcontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\rx: y\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nx-a: b\r\n folded\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n x-a: b\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nx-a : b\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno field\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nx-a: b\0\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nx\0a: b\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\0\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n: b\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n:status: 201\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 0\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 0\r\ncontent-length: 7\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 0, 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: +0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 0x0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length:\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nconnection: content-length\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding:\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/2 200 OK\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1\t200 OK\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 \r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 20 OK\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 099 OK\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 2O0 OK\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\n\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nconnection: x-\u00e9\r\ncontent-length: 0\r\n\r\n")]
    public async Task An_answer_that_is_malformed_is_none(string answer) => await RefusesAsync(answer);

    [Fact]
    public async Task Fields_without_end_are_no_answer() => await RefusesAsync("HTTP/1.1 200 OK\r\nx-a: " + new string('a', 40 * 1024));

    [Fact]
    public async Task Many_fields_are_no_answer() => await RefusesAsync("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("a: b\r\n", 2000)) + "\r\n");

    [Fact]
    public async Task Connection_options_without_end_are_no_answer() =>
        await RefusesAsync("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("connection: x-a, x-b\r\n", 100)) + "\r\n");

    [Fact]
    public async Task Answers_that_say_there_is_none_yet_without_end_are_none() =>
        await RefusesAsync(string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 100)));

    [Theory]
    [InlineData("content-length: 5\r\n\r\n1234", true)]
    [InlineData("transfer-encoding: chunked\r\n\r\n5\r\n1234", true)]
    [InlineData("transfer-encoding: chunked\r\n\r\n4\r\n1234\r\n", true)]
    [InlineData("transfer-encoding: chunked\r\n\r\n4\r\n1234\r\n0\r\n", true)]
    [InlineData("transfer-encoding: chunked\r\n\r\n4\r\n1234\r\n0\r\nx-trailer: a\r\n", true)]
    [InlineData("transfer-encoding: chunked\r\n\r\n4\r\n12345\r\n0\r\n\r\n")]
    [InlineData("transfer-encoding: chunked\r\n\r\n4\r\n1234\n0\r\n\r\n")]
    [InlineData("transfer-encoding: chunked\r\n\r\n4\n1234\r\n0\r\n\r\n")]
    [InlineData("transfer-encoding: chunked\r\n\r\n-4\r\n1234\r\n0\r\n\r\n")]
    [InlineData("transfer-encoding: chunked\r\n\r\n0x4\r\n1234\r\n0\r\n\r\n")]
    [InlineData("transfer-encoding: chunked\r\n\r\n10000000000000004\r\n1234\r\n0\r\n\r\n")]
    [InlineData("transfer-encoding: chunked\r\n\r\n4\r\n1234\r\n0\r\ntransfer-encoding: chunked\r\n\r\n")]
    [InlineData("transfer-encoding: chunked\r\n\r\n4\r\n1234\r\n0\r\ncontent-length: 4\r\n\r\n")]
    [InlineData("transfer-encoding: chunked\r\n\r\n4\r\n1234\r\n0\r\nx-a: b\n\r\n\r\n")]
    public async Task An_answer_that_breaks_off_or_is_malformed_does_not_look_like_one_that_ends(string answer, bool isLast = false)
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
        await service.ReadHeadAsync();

        await service.SendAsync($"HTTP/1.1 200 OK\r\n{answer}");
        if (isLast) service.Leave();

        Assert.StartsWith(":status 200", (await relay.Caller.ReadHeadersAsync()).Fields);
        Assert.Equal([0, 0, 0, 2], (await relay.Caller.ReadAsync(FrameType.ResetStream)).Payload);
        await service.EndedAsync();
        await relay.Calls[0].End;
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nsmuggled")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n0\r\n\r\n")]
    public async Task What_comes_after_an_answer_is_the_answer_to_nothing(string answer)
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();
        var next = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
        await service.ReadHeadAsync();

        await service.SendAsync(answer);

        Assert.StartsWith(":status 20", (await relay.Caller.ReadHeadersAsync()).Fields);
        await service.EndedAsync();
        await relay.Caller.HeadersAsync(3, ServiceRelay.Get, isLast: true);
        Assert.StartsWith("GET ", await next.ReadHeadAsync());
    }

    [Fact]
    public async Task What_comes_before_anything_was_asked_ends_the_connection()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();

        await service.SendAsync("HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nsmuggled");

        await service.EndedAsync();
    }

    private static async Task RefusesAsync(string answer)
    {
        await using var relay = await ServiceRelay.StartAsync();
        var hostile = relay.Connect();
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
        await hostile.ReadHeadAsync();
        await relay.Caller.HeadersAsync(3, ServiceRelay.Get, isLast: true);
        await service.ReadHeadAsync();

        await hostile.SendAsync(answer);

        var (header, fields) = await relay.Caller.ReadHeadersAsync();
        Assert.Equal(1, header.StreamId);
        Assert.StartsWith(":status 502", fields);
        await hostile.EndedAsync();
        await service.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
        (header, fields) = await relay.Caller.ReadHeadersAsync();
        Assert.Equal((3, ":status 204"), (header.StreamId, fields));
    }
}
