using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http2.Relaying;

/// <summary>Calls that have to wait, and how long they may.</summary>
public sealed class LimitTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_call_beyond_what_the_service_takes_at_a_time_waits_for_room_with_its_body()
    {
        await using var relay = await Relay.StartAsync(new RelayLimits { WaitingRequests = 2 }, (SettingId.MaximumConcurrentStreams, 1));
        await relay.Caller.HeadersAsync(1, RelayTests.Request, isLast: true);
        await relay.Caller.HeadersAsync(3, RelayTests.Request);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 3, "ques"u8.ToArray());
        await relay.Caller.HeadersAsync(5, RelayTests.Request, isLast: true);
        await relay.Caller.HeadersAsync(7, RelayTests.Request, isLast: true);
        Assert.Equal(7, (await relay.Caller.ReadAsync(FrameType.ResetStream)).Header.StreamId);
        // The one that waits after it is not opened when it is taken back.
        await relay.Caller.SendAsync(FrameType.ResetStream, FrameFlags.None, 5, 0, 0, 0, 8);
        Assert.Equal(1, (await relay.Service.ReadHeadersAsync()).Header.StreamId);

        await relay.Service.HeadersAsync(1, ":status 204", isLast: true);
        Assert.Equal(3, (await relay.Service.ReadHeadersAsync()).Header.StreamId);
        Assert.Equal("ques", await RelayTests.ReadBodyAsync(relay.Service));
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.EndStream, 3, "tion"u8.ToArray());
        Assert.Equal("tion", await RelayTests.ReadBodyAsync(relay.Service));

        await relay.Service.HeadersAsync(3, ":status 204", isLast: true);
        await relay.Caller.HeadersAsync(9, RelayTests.Request, isLast: true);
        Assert.Equal(5, (await relay.Service.ReadHeadersAsync()).Header.StreamId);
        foreach (var call in relay.Calls.Take(3)) await call.End;
    }

    [Fact]
    public async Task A_call_that_waits_for_a_service_that_leaves_was_not_taken()
    {
        await using var relay = await Relay.StartAsync(new RelayLimits { WaitingRequests = 1 }, (SettingId.MaximumConcurrentStreams, 0));
        await relay.Caller.HeadersAsync(1, RelayTests.Request, isLast: true);
        await relay.Caller.TakenAsync();

        await relay.Service.SendAsync(FrameType.GoAway, FrameFlags.None, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        Assert.Contains("retry-after 1", (await relay.Caller.ReadHeadersAsync()).Fields);
        await relay.Calls[0].End;
        Assert.Equal(RelayFailure.NotTaken, relay.Calls[0].Failure);
    }

    [Fact]
    public async Task A_connection_that_has_had_all_its_requests_ends_after_the_last_answer()
    {
        await using var relay = await Relay.StartAsync(new RelayLimits { Requests = 2 });
        await relay.Caller.HeadersAsync(1, RelayTests.Request, isLast: true);
        await relay.Caller.HeadersAsync(3, RelayTests.Request, isLast: true);
        await relay.Caller.HeadersAsync(5, RelayTests.Request, isLast: true);

        await relay.Service.ReadAsync(FrameType.GoAway);
        Assert.Equal(5, (await relay.Caller.ReadAsync(FrameType.ResetStream)).Header.StreamId);
        await relay.Leaving.WaitAsync(Peer.Soon);
        foreach (var stream in (int[])[1, 3])
        {
            await relay.Service.HeadersAsync(stream, ":status 204", isLast: true);
            Assert.StartsWith(":status 204", (await relay.Caller.ReadHeadersAsync()).Fields);
        }

        await relay.Service.EndedAsync();
    }

    [Fact]
    public async Task A_call_without_a_byte_in_either_direction_is_given_up()
    {
        await using var relay = await Relay.StartAsync(new RelayLimits { SilenceTime = Short });
        await relay.Caller.HeadersAsync(1, RelayTests.Request);
        await relay.Service.ReadHeadersAsync();

        Assert.StartsWith(":status 502", (await relay.Caller.ReadHeadersAsync()).Fields);
        Assert.Equal([0, 0, 0, 8], (await relay.Service.ReadAsync(FrameType.ResetStream)).Payload);
        Assert.Equal(RelayFailure.Silent, relay.Calls[0].Failure);
    }

    [Fact]
    public async Task An_answer_that_its_caller_does_not_take_is_given_up()
    {
        await using var relay = await Relay.StartAsync(new RelayLimits { StallTime = Short, StreamWindow = 100_000 });
        await relay.Caller.HeadersAsync(1, RelayTests.Request, isLast: true);
        await relay.Service.ReadHeadersAsync();
        await relay.Service.HeadersAsync(1, ":status 200");

        // The caller's window is the default.
        for (var sent = 0; sent < 80_000; sent += 10_000) await relay.Service.SendAsync(FrameType.Data, FrameFlags.None, 1, new byte[10_000]);

        Assert.Equal([0, 0, 0, 2], (await relay.Caller.ReadAsync(FrameType.ResetStream)).Payload);
        Assert.Equal([0, 0, 0, 8], (await relay.Service.ReadAsync(FrameType.ResetStream)).Payload);
        await relay.Calls[0].End;
    }

    [Fact]
    public async Task Calls_that_are_taken_back_after_their_answer_are_not_held_against_the_caller()
    {
        await using var relay = await Relay.StartAsync(new RelayLimits { Resets = 2 });
        for (var stream = 1; stream < 40; stream += 2)
        {
            await relay.Caller.HeadersAsync(stream, RelayTests.Request);
            await relay.Service.ReadHeadersAsync();
            await relay.Service.HeadersAsync(stream, ":status 204", isLast: true);
            await relay.Caller.ReadHeadersAsync();

            await relay.Caller.SendAsync(FrameType.ResetStream, FrameFlags.None, stream, 0, 0, 0, 8);

            await relay.Calls[^1].End;
        }
    }
}
