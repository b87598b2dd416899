using RestateCloud.Protocols.Http2;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http2.Relaying;

/// <summary>What HTTP/2 does not allow, and what it allows and nobody should have to bear.</summary>
public sealed class HostilePeerTests
{
    [Theory]
    [InlineData(0, 0, 0, 4, Http2ErrorCode.ProtocolError)] // DATA of no stream
    [InlineData(0, 0, 1, 4, Http2ErrorCode.ProtocolError)] // DATA of a stream that is idle
    [InlineData(1, 4, 2, 1, Http2ErrorCode.ProtocolError)] // HEADERS of a stream that only servers open
    [InlineData(1, 4, 1, 1, Http2ErrorCode.CompressionError)] // HEADERS that hold no header block
    [InlineData(3, 0, 1, 4, Http2ErrorCode.ProtocolError)] // RST_STREAM of a stream that is idle
    [InlineData(4, 0, 0, 5, Http2ErrorCode.ProtocolError)] // SETTINGS that are cut off
    [InlineData(4, 1, 0, 6, Http2ErrorCode.ProtocolError)] // an acknowledgment that says something
    [InlineData(5, 4, 1, 4, Http2ErrorCode.ProtocolError)] // PUSH_PROMISE
    [InlineData(6, 0, 0, 7, Http2ErrorCode.ProtocolError)] // PING that is too short
    [InlineData(7, 0, 0, 7, Http2ErrorCode.ProtocolError)] // GOAWAY too
    [InlineData(8, 0, 0, 4, Http2ErrorCode.ProtocolError)] // WINDOW_UPDATE by nothing
    [InlineData(9, 4, 1, 1, Http2ErrorCode.ProtocolError)] // CONTINUATION of nothing
    [InlineData(0, 0, 1, 16 * 1024 + 1, Http2ErrorCode.FrameSizeError)]
    public async Task A_frame_that_makes_no_sense_ends_the_connection(byte type, byte flags, int stream, int length, Http2ErrorCode code)
    {
        await using var relay = await Relay.StartAsync();
        var payload = new byte[length];
        if ((FrameType)type == FrameType.Headers) payload[0] = 0x80;

        await relay.Caller.SendAsync((FrameType)type, (FrameFlags)flags, stream, payload);

        Assert.Equal((byte)code, (await relay.Caller.ReadAsync(FrameType.GoAway)).Payload[7]);
        await relay.Caller.EndedAsync();
    }

    [Theory]
    [InlineData(":method GET\n:scheme http\n:authority a")]
    [InlineData(":method GET\n:scheme http\n:path /\n:path /other\n:authority a")]
    [InlineData(":method GET\n:scheme http\n:path /\n:status 200")]
    [InlineData(":method GET\n:scheme http\n:path /\nx-a b\n:authority a")]
    [InlineData(":method GET\n:scheme http\n:path /a b\n:authority a")]
    [InlineData(":method CONNECT\n:authority a:1")]
    [InlineData(":method GET\n:scheme http\n:path /\nX-Upper a")]
    [InlineData(":method GET\n:scheme http\n:path /\nx-split a\rb")]
    [InlineData(":method GET\n:scheme http\n:path /\nx-zero a\0b")]
    [InlineData(":method GET\n:scheme http\n:path /\ntransfer-encoding chunked")]
    [InlineData(":method GET\n:scheme http\n:path /\nconnection close")]
    [InlineData(":method GET\n:scheme http\n:path /\nupgrade h2c")]
    [InlineData(":method GET\n:scheme http\n:path /\nte gzip")]
    public async Task A_malformed_request_goes_no_further(string fields)
    {
        await using var relay = await Relay.StartAsync();

        await relay.Caller.HeadersAsync(1, fields, isLast: true);

        Assert.Equal([0, 0, 0, 1], (await relay.Caller.ReadAsync(FrameType.ResetStream)).Payload);
        await relay.Caller.HeadersAsync(3, RelayTests.Request, isLast: true);
        Assert.Equal(RelayTests.Request, (await relay.Service.ReadHeadersAsync()).Fields);
    }

    [Fact]
    public async Task A_malformed_answer_is_none()
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, RelayTests.Request, isLast: true);
        await relay.Service.ReadHeadersAsync();

        await relay.Service.HeadersAsync(1, ":status 200\ntransfer-encoding chunked");

        Assert.StartsWith(":status 502", (await relay.Caller.ReadHeadersAsync()).Fields);
        Assert.Equal([0, 0, 0, 1], (await relay.Service.ReadAsync(FrameType.ResetStream)).Payload);
    }

    [Fact]
    public async Task A_connection_that_does_not_begin_as_one_ends()
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, RelayTests.Request);
        await relay.Service.ReadHeadersAsync();

        await relay.Caller.SendAsync(FrameType.Headers, FrameFlags.None, 3, 0x82);
        await relay.Caller.SendAsync(FrameType.Ping, FrameFlags.None, 0, new byte[8]);

        Assert.Equal(1, (await relay.Caller.ReadAsync(FrameType.GoAway)).Payload[7]);
        await relay.Caller.EndedAsync();
    }

    [Fact]
    public async Task Headers_that_are_too_large_are_refused_in_words()
    {
        await using var relay = await Relay.StartAsync(new RelayLimits { HeaderBytes = 1000 });

        await relay.Caller.HeadersAsync(1, $"{RelayTests.Request}\n{string.Join('\n', Enumerable.Range(0, 30).Select(i => $"x-{i} a"))}", isLast: true);

        Assert.StartsWith(":status 431", (await relay.Caller.ReadHeadersAsync()).Fields);
    }

    [Fact]
    public async Task Headers_without_end_end_the_connection()
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.SendAsync(FrameType.Headers, FrameFlags.None, 1, 0x82);

        for (var i = 0; i <= new RelayLimits().Continuations; i++) await relay.Caller.SendAsync(FrameType.Continuation, FrameFlags.None, 1);

        Assert.Equal(11, (await relay.Caller.ReadAsync(FrameType.GoAway)).Payload[7]);
    }

    [Fact]
    public async Task Calls_beyond_the_limit_are_refused()
    {
        await using var relay = await Relay.StartAsync(new RelayLimits { ConcurrentStreams = 2 });
        for (var stream = 1; stream <= 5; stream += 2) await relay.Caller.HeadersAsync(stream, RelayTests.Request);

        var (header, code) = await relay.Caller.ReadAsync(FrameType.ResetStream);

        Assert.Equal(5, header.StreamId);
        Assert.Equal([0, 0, 0, 7], code);
    }

    [Fact]
    public async Task A_caller_that_takes_back_what_it_asks_again_and_again_is_cut_off()
    {
        await using var relay = await Relay.StartAsync(new RelayLimits { Resets = 100, ResetsAtOnce = 1000 });
        try
        {
            // In time as many are forgiven again.
            for (var stream = 1; stream <= 2 * 10_000; stream += 2)
            {
                await relay.Caller.HeadersAsync(stream, RelayTests.Request);
                await relay.Caller.SendAsync(FrameType.ResetStream, FrameFlags.None, stream, 0, 0, 0, 8);
            }
        }
        catch (EndOfStreamException)
        {
            // Nobody reads any more.
        }

        Assert.Equal(11, (await relay.Caller.ReadAsync(FrameType.GoAway)).Payload[7]);
        await relay.Caller.EndedAsync();
    }

    [Fact]
    public async Task A_caller_that_takes_back_what_it_asks_in_one_breath_is_cut_off_sooner()
    {
        await using var relay = await Relay.StartAsync(new RelayLimits { ResetsAtOnce = 1 });
        await relay.Caller.HeadersAsync(1, RelayTests.Request);
        await relay.Service.ReadHeadersAsync();
        await relay.Caller.SendAsync(FrameType.ResetStream, FrameFlags.None, 1, 0, 0, 0, 8);

        await relay.Caller.ResetAtOnceAsync(RelayTests.Request, 3, 5);

        Assert.Equal(11, (await relay.Caller.ReadAsync(FrameType.GoAway)).Payload[7]);
        await relay.Caller.EndedAsync();
    }

    [Theory]
    [InlineData(6, 8)]
    [InlineData(4, 0)]
    public async Task Who_asks_for_answers_and_reads_none_is_cut_off(byte type, int length)
    {
        await using var relay = await Relay.StartAsync(new RelayLimits { CloseTime = TimeSpan.FromSeconds(1) });
        var sent = 0;
        try
        {
            for (; sent < 1_000_000; sent++) await relay.Caller.SendAsync((FrameType)type, FrameFlags.None, 0, new byte[length]);
        }
        catch (EndOfStreamException)
        {
            // Nobody reads any more.
        }

        Assert.InRange(sent, 1, 500_000);
    }
}
