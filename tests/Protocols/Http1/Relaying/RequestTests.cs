using System.Text;
using RestateCloud.Protocols.Http2.Frames;

namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>Requests that come in HTTP/2, as a service reads them in HTTP/1.1.</summary>
public sealed class RequestTests
{
    private const string Fields = "x-name value\ncookie a=1\nte trailers\nx-other 2\nhost other\ncookie b=2";
    private const string Written = "host: service\r\nx-name: value\r\ncookie: a=1; b=2\r\nx-other: 2\r\n";

    [Theory]
    [InlineData("GET", "")]
    [InlineData("HEAD", "")]
    [InlineData("DELETE", "")]
    [InlineData("OPTIONS", "")]
    [InlineData("POST", "content-length: 0\r\n")]
    [InlineData("PUT", "content-length: 0\r\n")]
    [InlineData("PATCH", "content-length: 0\r\n")]
    public async Task A_request_without_a_body_says_so_where_one_is_expected(string method, string length)
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();

        await relay.Caller.HeadersAsync(1, $":method {method}\n:scheme http\n:path /a%20b?c=d\n:authority service\n{Fields}", isLast: true);

        Assert.Equal($"{method} /a%20b?c=d HTTP/1.1\r\n{Written}{length}\r\n", await service.ReadHeadAsync());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    public async Task A_body_of_a_length_that_is_known_is_passed_as_it_is(string method)
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();

        await relay.Caller.HeadersAsync(1, $":method {method}\n:scheme http\n:path /\n:authority service\ncontent-length 8\ncontent-length 8");
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, "ques"u8.ToArray());
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.EndStream, 1, "tion"u8.ToArray());

        Assert.Equal($"{method} / HTTP/1.1\r\nhost: service\r\ncontent-length: 8\r\n\r\n", await service.ReadHeadAsync());
        Assert.Equal("question", await service.ReadAsync(8));
    }

    [Fact]
    public async Task A_body_of_a_length_that_is_not_known_comes_in_chunks_and_its_trailers_after_it()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();

        await relay.Caller.HeadersAsync(1, ServiceRelay.Post);
        Assert.Equal("POST /invoke HTTP/1.1\r\nhost: service\r\ntransfer-encoding: chunked\r\n\r\n", await service.ReadHeadAsync());
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, "a question of some length"u8.ToArray());
        Assert.Equal("19\r\na question of some length\r\n", await service.ReadToAsync("length\r\n"));
        await relay.Caller.HeadersAsync(1, "x-trailer last", isLast: true);

        Assert.Equal("0\r\nx-trailer: last\r\n\r\n", await service.ReadToAsync("\r\n\r\n"));
    }

    [Fact]
    public async Task Chunks_end_without_trailers_too()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();

        await relay.Caller.HeadersAsync(1, ServiceRelay.Post);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.EndStream, 1);

        await service.ReadHeadAsync();
        Assert.Equal("0\r\n\r\n", await service.ReadToAsync("\r\n\r\n"));
    }

    [Fact]
    public async Task Trailers_of_a_body_whose_length_is_known_are_left_out()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();

        await relay.Caller.HeadersAsync(1, $"{ServiceRelay.Post}\ncontent-length 2");
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, "ab"u8.ToArray());
        await relay.Caller.HeadersAsync(1, "x-trailer last", isLast: true);
        await service.ReadToAsync("\r\n\r\nab");
        await service.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
        await relay.Caller.ReadHeadersAsync();
        await relay.Caller.HeadersAsync(3, ServiceRelay.Get, isLast: true);

        Assert.StartsWith("GET ", await service.ReadHeadAsync());
    }

    [Theory]
    [InlineData("x-split", "a\r\nx-smuggled: b")]
    [InlineData("x-split", "a\nx-smuggled: b")]
    [InlineData("x-split: a\r\nx-smuggled", "b")]
    [InlineData("x-zero", "a\0b")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("connection", "close")]
    [InlineData(":path", "/ HTTP/1.1\r\nx-smuggled: b")]
    public async Task What_would_be_another_field_or_request_in_HTTP11_never_reaches_the_service(string name, string value)
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();
        var request = Tests.Http2.Hpack.Fields.Of(":method GET\n:scheme http\n:authority service");
        if (name != ":path") request.Add(":path"u8, "/"u8);
        request.Add(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));

        await relay.Caller.HeadersAsync(1, request, isLast: true);

        Assert.Equal([0, 0, 0, 1], (await relay.Caller.ReadAsync(FrameType.ResetStream)).Payload);
        await relay.Caller.HeadersAsync(3, ServiceRelay.Get, isLast: true);
        Assert.Equal("GET /discover HTTP/1.1\r\nhost: service\r\n\r\n", await service.ReadHeadAsync());
    }

    [Theory]
    [InlineData("longer", 0)]
    [InlineData("less", 1)]
    public async Task A_body_of_another_length_than_its_fields_say_ends_the_connection(string body, byte flags)
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, $"{ServiceRelay.Post}\ncontent-length 5");
        await service.ReadHeadAsync();

        await relay.Caller.SendAsync(FrameType.Data, (FrameFlags)flags, 1, Encoding.ASCII.GetBytes(body));

        Assert.Equal([0, 0, 0, 1], (await relay.Caller.ReadAsync(FrameType.ResetStream)).Payload);
        await service.EndedAsync();
        await relay.Calls[0].End;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_that_takes_his_request_back_ends_the_connection(bool isGone)
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Post);
        await service.ReadHeadAsync();

        if (isGone) relay.Caller.Leave();
        else await relay.Caller.SendAsync(FrameType.ResetStream, FrameFlags.None, 1, 0, 0, 0, 8);

        await service.EndedAsync();
        await relay.Calls[0].End;
    }
}
