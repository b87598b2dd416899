using System.Text;
using RestateCloud.Protocols.Http2.Frames;

namespace RestateCloud.Protocols.Tests.Http2.Relaying;

/// <summary>Bodies are as long as their fields say: whoever comes next may speak HTTP/1.1, where what is beyond it would be a request of its own.</summary>
public sealed class LengthTests
{
    private const string Request = $"{RelayTests.Request}\ncontent-length 5";

    [Theory]
    [InlineData("+5")]
    [InlineData("-5")]
    [InlineData("5,5")]
    [InlineData("0x5")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    [InlineData("5\ncontent-length 6")]
    public async Task A_length_that_is_none_is_refused(string length)
    {
        await using var relay = await Relay.StartAsync();

        await relay.Caller.HeadersAsync(1, $"{RelayTests.Request}\ncontent-length {length}");

        Assert.Equal([0, 0, 0, 1], (await relay.Caller.ReadAsync(FrameType.ResetStream)).Payload);
    }

    [Fact]
    public async Task A_request_without_the_body_that_it_announces_is_refused()
    {
        await using var relay = await Relay.StartAsync();

        await relay.Caller.HeadersAsync(1, Request, isLast: true);

        Assert.Equal([0, 0, 0, 1], (await relay.Caller.ReadAsync(FrameType.ResetStream)).Payload);
    }

    [Theory]
    [InlineData("longer", 0)]
    [InlineData("less", 1)]
    public async Task A_request_with_another_body_is_taken_back(string body, byte flags)
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, Request);
        await relay.Service.ReadHeadersAsync();

        await relay.Caller.SendAsync(FrameType.Data, (FrameFlags)flags, 1, Encoding.ASCII.GetBytes(body));

        Assert.Equal([0, 0, 0, 1], (await relay.Caller.ReadAsync(FrameType.ResetStream)).Payload);
        Assert.Equal([0, 0, 0, 8], (await relay.Service.ReadAsync(FrameType.ResetStream)).Payload);
        await relay.Calls[0].End;
    }

    [Fact]
    public async Task A_request_that_ends_early_with_trailers_is_taken_back()
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, Request);
        await relay.Service.ReadHeadersAsync();

        await relay.Caller.HeadersAsync(1, "x-trailer last", isLast: true);

        Assert.Equal([0, 0, 0, 8], (await relay.Service.ReadAsync(FrameType.ResetStream)).Payload);
    }

    [Fact]
    public async Task Bodies_of_the_length_that_they_announce_pass()
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, Request);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, "12"u8.ToArray());
        await relay.Service.ReadHeadersAsync();
        Assert.Equal("12", await RelayTests.ReadBodyAsync(relay.Service));
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.EndStream, 1, "345"u8.ToArray());
        Assert.Equal("345", await RelayTests.ReadBodyAsync(relay.Service));

        await relay.Service.HeadersAsync(1, ":status 200\ncontent-length 2");
        await relay.Service.SendAsync(FrameType.Data, FrameFlags.EndStream, 1, "ok"u8.ToArray());

        await relay.Caller.ReadHeadersAsync();
        Assert.Equal("ok", await RelayTests.ReadBodyAsync(relay.Caller));
    }

    [Fact]
    public async Task An_answer_that_is_shorter_than_it_announces_is_no_whole_answer()
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, RelayTests.Request, isLast: true);
        await relay.Service.ReadHeadersAsync();
        await relay.Service.HeadersAsync(1, ":status 200\ncontent-length 5");

        await relay.Service.SendAsync(FrameType.Data, FrameFlags.EndStream, 1, "1234"u8.ToArray());

        await relay.Caller.ReadHeadersAsync();
        Assert.Equal([0, 0, 0, 2], (await relay.Caller.ReadAsync(FrameType.ResetStream)).Payload);
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("GET", 304)]
    public async Task An_answer_that_has_no_body_may_say_how_long_it_would_be(string method, int status)
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, RelayTests.Request.Replace("POST", method), isLast: true);
        await relay.Service.ReadHeadersAsync();

        await relay.Service.HeadersAsync(1, $":status {status}\ncontent-length 5", isLast: true);

        Assert.StartsWith($":status {status}", (await relay.Caller.ReadHeadersAsync()).Fields);
    }
}
