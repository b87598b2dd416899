using System.Text;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Tests.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>Answers in HTTP/1.1, as a caller reads them in HTTP/2.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nanswer", ":status 200\ncontent-length 6")]
    [InlineData("HTTP/1.1 200\r\nX-Empty:\r\ncontent-length:6\r\n\r\nanswer", ":status 200\nx-empty \ncontent-length 6")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nans\r\n3\r\nwer\r\n0\r\n\r\n", ":status 200")]
    [InlineData("HTTP/1.1 404 Not Found\r\nConnection: x-hop, Keep-Alive\r\nX-Hop: a\r\nKeep-Alive: timeout=5\r\nX-Kept: b\r\nContent-Length: 6\r\n\r\nanswer", ":status 404\nx-kept b\ncontent-length 6")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: content-length, :status\r\nUpgrade: h2c\r\nProxy-Connection: a\r\nContent-Length: 6\r\n\r\nanswer", ":status 200")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nanswer", ":status 200\ncontent-length 6")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nanswer", ":status 200", true)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nanswer", ":status 200\ncontent-length 6", true)]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nanswer", ":status 200", true)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 6\r\n\r\nanswer", ":status 200\ncontent-length 6", true)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: x-a\r\nConnection: Close\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nanswer\r\n0\r\n\r\n", ":status 200", true)]
    public async Task An_answer_passes_whatever_it_ends_with(string answer, string fields, bool isLast = false)
    {
        foreach (var isSlow in (bool[])[false, true])
        {
            await using var relay = await ServiceRelay.StartAsync();
            var service = relay.Connect();
            await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
            await service.ReadHeadAsync();

            foreach (var piece in isSlow ? answer.Select(c => c.ToString()) : [answer]) await service.SendAsync(piece);
            if (isLast) service.Leave();

            Assert.Equal(fields, (await relay.Caller.ReadHeadersAsync()).Fields);
            Assert.Equal("answer", await ReadBodyAsync(relay.Caller));
            await relay.Calls[0].End;
            Assert.Equal((200 <= relay.Calls[0].Status, 6), (true, relay.Calls[0].ResponseBytes));
            if (isLast) await service.EndedAsync();
            else await AskAgainAsync(relay, service);
        }
    }

    [Theory]
    [InlineData("HEAD", "200 OK\r\nContent-Length: 6")]
    [InlineData("HEAD", "200 OK\r\nTransfer-Encoding: chunked")]
    [InlineData("HEAD", "200 OK")]
    [InlineData("GET", "204 No Content")]
    [InlineData("GET", "304 Not Modified\r\nContent-Length: 6")]
    [InlineData("GET", "200 OK\r\nContent-Length: 0")]
    [InlineData("POST", "204 No Content")]
    public async Task An_answer_that_has_no_body_ends_with_its_fields(string method, string head)
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Get.Replace("GET", method), isLast: true);
        await service.ReadHeadAsync();

        await service.SendAsync($"HTTP/1.1 {head}\r\n\r\n");

        var (header, fields) = await relay.Caller.ReadHeadersAsync();
        Assert.StartsWith($":status {head[..3]}", fields);
        Assert.True(header.Has(FrameFlags.EndStream));
        await AskAgainAsync(relay, service);
    }

    [Fact]
    public async Task What_comes_before_an_answer_passes_before_it()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
        await service.ReadHeadAsync();

        await service.SendAsync("HTTP/1.1 103 Early Hints\r\nLink: early\r\n\r\n");
        Assert.Equal(":status 103\nlink early", (await relay.Caller.ReadHeadersAsync()).Fields);
        await service.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
        Assert.Equal(":status 204", (await relay.Caller.ReadHeadersAsync()).Fields);
    }

    [Fact]
    public async Task Trailers_of_chunks_pass()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
        await service.ReadHeadAsync();

        await service.SendAsync("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Trailer: last\r\n\r\n");

        await relay.Caller.ReadHeadersAsync();
        Assert.Equal("ok", await RelayTests.ReadBodyAsync(relay.Caller));
        var (header, fields) = await relay.Caller.ReadHeadersAsync();
        Assert.Equal("x-trailer last", fields);
        Assert.True(header.Has(FrameFlags.EndStream));
        await AskAgainAsync(relay, service);
    }

    [Fact]
    public async Task An_answer_that_comes_before_the_end_of_the_request_passes_and_the_rest_is_not_wanted()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Post);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, "begun"u8.ToArray());
        await service.ReadHeadAsync();

        await service.SendAsync("HTTP/1.1 413 Content Too Large\r\ncontent-length: 2\r\n\r\nno");

        Assert.StartsWith(":status 413", (await relay.Caller.ReadHeadersAsync()).Fields);
        Assert.Equal("no", await ReadBodyAsync(relay.Caller));
        Assert.Equal([0, 0, 0, 0], (await relay.Caller.ReadAsync(FrameType.ResetStream)).Payload);
        await service.EndedAsync();
        await relay.Calls[0].End;
    }

    [Fact]
    public async Task A_request_whose_end_is_clear_from_its_length_may_be_answered_before_it_is_said_to_end()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, $"{ServiceRelay.Post}\ncontent-length 2");
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, "ab"u8.ToArray());
        await service.ReadToAsync("\r\n\r\nab");

        await service.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");

        Assert.Equal(":status 204", (await relay.Caller.ReadHeadersAsync()).Fields);
        await AskAgainAsync(relay, service);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.EndStream, 1);
        await relay.Calls[0].End;
    }

    internal static async Task<string> ReadBodyAsync(Peer caller)
    {
        var body = new StringBuilder();
        while (true)
        {
            var (header, payload) = await caller.ReadAsync(FrameType.Data);
            body.Append(Encoding.Latin1.GetString(payload));
            if (header.Has(FrameFlags.EndStream)) return body.ToString();
        }
    }

    /// <summary>Has the same connection take another call.</summary>
    private static async Task AskAgainAsync(ServiceRelay relay, ServicePeer service)
    {
        await relay.Caller.HeadersAsync(3, ServiceRelay.Get, isLast: true);
        Assert.StartsWith("GET /discover ", await service.ReadHeadAsync());
        await service.SendAsync("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nagain");
        Assert.StartsWith(":status 200", (await relay.Caller.ReadHeadersAsync()).Fields);
        Assert.Equal("again", await ReadBodyAsync(relay.Caller));
    }
}
