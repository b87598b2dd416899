using System.Text;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Tests.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>Calls over HTTP/1.1 on their way through a relay.</summary>
public sealed class CallerTests
{
    internal const string Head = "POST /invoke/Greeter/greet HTTP/1.1\r\nHost: service\r\nX-Name: value\r\n";

    internal const string Fields = ":method POST\n:scheme http\n:path /invoke/Greeter/greet\n:authority service\nx-name value";

    [Fact]
    public async Task A_call_and_its_answer_pass_with_fields_and_bodies_and_the_next_one_after_it()
    {
        await using var relay = await CallerRelay.StartAsync();
        for (var stream = 1; stream <= 3; stream += 2)
        {
            await relay.Caller.SendAsync($"{Head}Connection: keep-alive\r\nContent-Length: 8\r\n\r\nquestion");
            Assert.Equal($"{Fields}\ncontent-length 8", (await relay.Service.ReadHeadersAsync()).Fields);
            var (header, body) = await relay.Service.ReadAsync(FrameType.Data);
            Assert.Equal("question", Encoding.ASCII.GetString(body));
            Assert.True(header.Has(FrameFlags.EndStream));

            await relay.Service.HeadersAsync(stream, ":status 103\nlink early");
            await relay.Service.HeadersAsync(stream, ":status 200\ncontent-type text/plain\ncontent-length 6");
            await relay.Service.SendAsync(FrameType.Data, FrameFlags.EndStream, stream, "answer"u8.ToArray());
            await relay.Caller.ExpectAsync("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 6\r\n\r\nanswer");
        }

        await relay.Calls[1].End;
        Assert.Equal((200, 8, 6), (relay.Calls[1].Status, relay.Calls[1].RequestBytes, relay.Calls[1].ResponseBytes));
    }

    [Fact]
    public async Task Bodies_without_a_length_pass_in_chunks_and_with_trailers()
    {
        await using var relay = await CallerRelay.StartAsync();

        await relay.Caller.SendAsync($"{Head}Transfer-Encoding: chunked\r\n\r\n8\r\nquestion\r\n0\r\nX-Trailer: last\r\n\r\n");
        Assert.Equal(Fields, (await relay.Service.ReadHeadersAsync()).Fields);
        Assert.Equal("question", await RelayTests.ReadBodyAsync(relay.Service));
        Assert.Equal("x-trailer last", (await relay.Service.ReadHeadersAsync()).Fields);

        await relay.Service.HeadersAsync(1, ":status 200");
        await relay.Service.SendAsync(FrameType.Data, FrameFlags.None, 1, "answer"u8.ToArray());
        await relay.Service.HeadersAsync(1, "x-trailer last", isLast: true);
        await relay.Caller.ExpectAsync("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\nanswer\r\n0\r\nx-trailer: last\r\n\r\n");
        await relay.Calls[0].End;
    }

    [Fact]
    public async Task Each_piece_of_both_bodies_passes_at_once()
    {
        await using var relay = await CallerRelay.StartAsync();
        await relay.Caller.SendAsync($"{Head}Transfer-Encoding: chunked\r\n\r\n");
        await relay.Service.ReadHeadersAsync();
        await relay.Service.HeadersAsync(1, ":status 200");
        await relay.Caller.ExpectAsync("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");

        for (var i = 0; i < 3; i++)
        {
            await relay.Caller.SendAsync("4\r\nping\r\n");
            Assert.Equal("ping", await RelayTests.ReadBodyAsync(relay.Service));
            await relay.Service.SendAsync(FrameType.Data, FrameFlags.None, 1, "pong"u8.ToArray());
            await relay.Caller.ExpectAsync("4\r\npong\r\n");
        }

        await relay.Caller.SendAsync("0\r\n\r\n");
        Assert.True((await relay.Service.ReadAsync(FrameType.Data)).Header.Has(FrameFlags.EndStream));
        await relay.Service.SendAsync(FrameType.Data, FrameFlags.EndStream, 1);
        await relay.Caller.ExpectAsync("0\r\n\r\n");
        await relay.Calls[0].End;
    }

    [Fact]
    public async Task Calls_that_come_together_are_answered_one_after_the_other()
    {
        await using var relay = await CallerRelay.StartAsync();

        await relay.Caller.SendAsync(string.Concat(Enumerable.Range(1, 3).Select(i => $"GET /{i} HTTP/1.1\r\nHost: service\r\n\r\n")));

        for (var i = 1; i <= 3; i++)
        {
            var (header, fields) = await relay.Service.ReadHeadersAsync();
            Assert.Contains($":path /{i}", fields);
            // The next one would come before the answer to this.
            await relay.Service.TakenAsync();
            await relay.Service.HeadersAsync(header.StreamId, $":status 200\nx-number {i}", isLast: true);
            await relay.Caller.ExpectAsync($"HTTP/1.1 200 OK\r\nx-number: {i}\r\ncontent-length: 0\r\n\r\n");
        }
    }

    [Theory]
    [InlineData("HEAD", ":status 200\ncontent-length 5", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n")]
    [InlineData("HEAD", ":status 404", "HTTP/1.1 404 Not Found\r\n\r\n")]
    [InlineData("GET", ":status 204", "HTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("GET", ":status 304\ncontent-length 5", "HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n")]
    [InlineData("GET", ":status 500", "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("GET", ":status 599\ncontent-length 0\ncontent-length 0", "HTTP/1.1 599 \r\ncontent-length: 0\r\n\r\n")]
    public async Task An_answer_without_a_body_does_not_seem_to_have_one(string method, string answer, string expected)
    {
        await using var relay = await CallerRelay.StartAsync();
        for (var stream = 1; stream <= 3; stream += 2)
        {
            await relay.Caller.SendAsync($"{method} / HTTP/1.1\r\nHost: service\r\n\r\n");
            await relay.Service.ReadHeadersAsync();
            await relay.Service.HeadersAsync(stream, answer, isLast: true);
            await relay.Caller.ExpectAsync(expected);
        }
    }

    [Fact]
    public async Task An_answer_may_come_before_the_request_has_ended_and_the_next_call_after_it()
    {
        await using var relay = await CallerRelay.StartAsync();
        await relay.Caller.SendAsync($"{Head}Content-Length: 8\r\n\r\nques");
        await relay.Service.ReadHeadersAsync();

        await relay.Service.HeadersAsync(1, ":status 413", isLast: true);
        await relay.Service.SendAsync(FrameType.ResetStream, FrameFlags.None, 1, 0, 0, 0, 0);

        await relay.Caller.ExpectAsync("HTTP/1.1 413 Request Entity Too Large\r\ncontent-length: 0\r\n\r\n");
        await relay.Caller.SendAsync("tionGET / HTTP/1.1\r\nHost: service\r\n\r\n");
        Assert.Contains(":method GET", (await relay.Service.ReadHeadersAsync()).Fields);
        await relay.Service.HeadersAsync(3, ":status 204", isLast: true);
        await relay.Caller.ExpectAsync("HTTP/1.1 204 No Content\r\n\r\n");
    }

    [Fact]
    public async Task A_call_that_is_not_taken_goes_on_elsewhere()
    {
        await using var relay = await CallerRelay.StartAsync();
        await relay.Caller.SendAsync($"{Head}\r\n");
        await relay.Service.ReadHeadersAsync();

        await relay.Service.SendAsync(FrameType.ResetStream, FrameFlags.None, 1, 0, 0, 0, 7);

        var (header, fields) = await relay.Service.ReadHeadersAsync();
        Assert.Equal((3, Fields), (header.StreamId, fields));
        await relay.Service.HeadersAsync(3, ":status 204", isLast: true);
        await relay.Caller.ExpectAsync("HTTP/1.1 204 No Content\r\n\r\n");
    }

    [Fact]
    public async Task A_caller_that_leaves_takes_its_call_back()
    {
        await using var relay = await CallerRelay.StartAsync();
        await relay.Caller.SendAsync($"{Head}\r\n");
        await relay.Service.ReadHeadersAsync();

        relay.Caller.Leave();

        Assert.Equal([0, 0, 0, 8], (await relay.Service.ReadAsync(FrameType.ResetStream)).Payload);
        await relay.Calls[0].End;
    }

    [Fact]
    public async Task A_service_that_leaves_before_it_answers_is_told_of_in_words()
    {
        await using var relay = await CallerRelay.StartAsync();
        await relay.Caller.SendAsync($"{Head}\r\n");
        await relay.Service.ReadHeadersAsync();

        relay.Service.Leave();

        await relay.Caller.ExpectAsync("HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/plain\r\nretry-after: 1\r\ncontent-length: 10\r\n\r\nbroken off");
        await relay.Calls[0].End;
        Assert.Equal(RelayFailure.Lost, relay.Calls[0].Failure);
    }

    [Theory]
    [InlineData("", "transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n")]
    [InlineData("\ncontent-length 8", "content-length: 8\r\n\r\nhalf")]
    public async Task An_answer_that_breaks_off_does_not_look_like_one_that_ends(string field, string expected)
    {
        await using var relay = await CallerRelay.StartAsync();
        await relay.Caller.SendAsync($"{Head}\r\n");
        await relay.Service.ReadHeadersAsync();
        await relay.Service.HeadersAsync(1, $":status 200{field}");
        await relay.Service.SendAsync(FrameType.Data, FrameFlags.None, 1, "half"u8.ToArray());

        await relay.Service.SendAsync(FrameType.ResetStream, FrameFlags.None, 1, 0, 0, 0, 0);

        Assert.Equal($"HTTP/1.1 200 OK\r\n{expected}", await relay.Caller.ReadToEndAsync());
        await relay.Calls[0].End;
    }

    [Fact]
    public async Task An_answer_that_is_shorter_than_it_announces_is_no_whole_answer()
    {
        await using var relay = await CallerRelay.StartAsync();
        await relay.Caller.SendAsync($"{Head}\r\n");
        await relay.Service.ReadHeadersAsync();
        await relay.Service.HeadersAsync(1, ":status 200\ncontent-length 5");

        await relay.Service.SendAsync(FrameType.Data, FrameFlags.EndStream, 1, "1234"u8.ToArray());

        Assert.Equal("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n", await relay.Caller.ReadToEndAsync());
    }

    [Fact]
    public async Task A_relay_that_is_to_end_lets_its_call_end_and_says_that_no_other_is_taken()
    {
        await using var relay = await CallerRelay.StartAsync();
        await relay.Caller.SendAsync($"{Head}\r\n");
        await relay.Service.ReadHeadersAsync();

        relay.Shutdown();
        await relay.Service.HeadersAsync(1, ":status 204", isLast: true);

        Assert.Equal("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n", await relay.Caller.ReadToEndAsync());
        Assert.Null(await relay.Left.WaitAsync(Peer.Soon));
    }

    [Fact]
    public async Task A_relay_that_is_to_end_does_so_when_nothing_is_asked_of_it()
    {
        await using var relay = await CallerRelay.StartAsync();

        relay.Shutdown();

        Assert.Equal("", await relay.Caller.ReadToEndAsync());
    }
}
