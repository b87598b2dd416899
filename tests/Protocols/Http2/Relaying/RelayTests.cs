using System.Text;
using RestateCloud.Protocols.Http2;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http2.Relaying;

/// <summary>Calls on their way through a relay.</summary>
public sealed class RelayTests
{
    internal const string Request = ":method POST\n:scheme http\n:path /invoke/Greeter/greet\n:authority service\nx-name value";

    [Fact]
    public async Task A_call_and_its_answer_pass_with_fields_bodies_and_trailers()
    {
        await using var relay = await Relay.StartAsync();

        await relay.Caller.HeadersAsync(1, Request);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.EndStream, 1, "question"u8.ToArray());
        Assert.Equal(Request, (await relay.Service.ReadHeadersAsync()).Fields);
        var (header, body) = await relay.Service.ReadAsync(FrameType.Data);
        Assert.Equal("question", Encoding.ASCII.GetString(body));
        Assert.True(header.Has(FrameFlags.EndStream));

        await relay.Service.HeadersAsync(1, ":status 103\nlink early");
        await relay.Service.HeadersAsync(1, ":status 200\ncontent-type text/plain");
        await relay.Service.SendAsync(FrameType.Data, FrameFlags.None, 1, "answer"u8.ToArray());
        await relay.Service.HeadersAsync(1, "x-trailer last", isLast: true);
        Assert.Equal(":status 103\nlink early", (await relay.Caller.ReadHeadersAsync()).Fields);
        Assert.Equal(":status 200\ncontent-type text/plain", (await relay.Caller.ReadHeadersAsync()).Fields);
        Assert.Equal("answer", Encoding.ASCII.GetString((await relay.Caller.ReadAsync(FrameType.Data)).Payload));
        var (trailers, fields) = await relay.Caller.ReadHeadersAsync();
        Assert.Equal("x-trailer last", fields);
        Assert.True(trailers.Has(FrameFlags.EndStream));

        await relay.Calls[0].End;
        Assert.Equal((200, 8, 6), (relay.Calls[0].Status, relay.Calls[0].RequestBytes, relay.Calls[0].ResponseBytes));
    }

    [Fact]
    public async Task A_body_waits_for_the_receivers_window_and_its_trailers_for_the_body()
    {
        await using var relay = await Relay.StartAsync(serviceSettings: [(SettingId.InitialWindowSize, 5)]);

        await relay.Caller.HeadersAsync(1, Request);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, "0123456789ab"u8.ToArray());
        await relay.Caller.HeadersAsync(1, "x-trailer last", isLast: true);
        await relay.Service.ReadHeadersAsync();

        Assert.Equal("01234", await ReadBodyAsync(relay.Service));
        await relay.Service.WindowAsync(1, 4);
        Assert.Equal("5678", await ReadBodyAsync(relay.Service));
        await relay.Service.WindowAsync(1, 100);
        Assert.Equal("9ab", await ReadBodyAsync(relay.Service));
        Assert.Equal("x-trailer last", (await relay.Service.ReadHeadersAsync()).Fields);
    }

    [Fact]
    public async Task A_part_of_a_body_that_there_is_room_for_goes_though_nothing_else_does()
    {
        await using var relay = await Relay.StartAsync(serviceSettings: [(SettingId.InitialWindowSize, 5)]);
        await relay.Caller.HeadersAsync(1, Request);
        await relay.Service.ReadHeadersAsync();
        // What is sent takes with it what waits: nothing is, when this has been answered.
        await relay.Service.TakenAsync();

        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.EndStream, 1, "0123456789ab"u8.ToArray());

        Assert.Equal("01234", await ReadBodyAsync(relay.Service));
    }

    [Fact]
    public async Task A_sender_is_allowed_no_more_than_its_receiver_takes()
    {
        var limits = new RelayLimits { StreamWindow = 1000, ConnectionWindow = 100_000 };
        await using var relay = await Relay.StartAsync(limits, (SettingId.InitialWindowSize, 0));
        await relay.Caller.HeadersAsync(1, Request);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, new byte[1000]);
        // The first is that of the connection.
        await relay.Caller.ReadAsync(FrameType.WindowUpdate);
        await relay.Service.ReadHeadersAsync();

        await relay.Service.WindowAsync(1, 600);

        var (header, _) = await relay.Caller.ReadAsync(FrameType.WindowUpdate);
        Assert.Equal(1, header.StreamId);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, new byte[600]);
        // That was all it may; one byte more is too much.
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, new byte[1]);
        Assert.Equal(3, (await relay.Caller.ReadAsync(FrameType.GoAway)).Payload[7]);
    }

    [Fact]
    public async Task A_caller_that_leaves_takes_its_call_back()
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, Request);
        await relay.Service.ReadHeadersAsync();

        relay.Caller.Leave();

        Assert.Equal([0, 0, 0, 8], (await relay.Service.ReadAsync(FrameType.ResetStream)).Payload);
        await relay.Calls[0].End;
    }

    [Fact]
    public async Task A_call_that_is_reset_is_reset_at_the_other_side()
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, Request);
        await relay.Service.ReadHeadersAsync();

        await relay.Caller.SendAsync(FrameType.ResetStream, FrameFlags.None, 1, 0, 0, 0, 8);

        Assert.Equal([0, 0, 0, 8], (await relay.Service.ReadAsync(FrameType.ResetStream)).Payload);
        await relay.Calls[0].End;
    }

    [Fact]
    public async Task A_service_that_leaves_before_it_answers_is_told_of_in_words_and_afterwards_by_a_reset()
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, Request);
        await relay.Caller.HeadersAsync(3, Request, isLast: true);
        await relay.Service.ReadHeadersAsync();
        await relay.Service.ReadHeadersAsync();
        await relay.Service.HeadersAsync(1, ":status 200");
        Assert.Equal(":status 200", (await relay.Caller.ReadHeadersAsync()).Fields);

        relay.Service.Leave();

        Assert.Equal(1, (await relay.Caller.ReadAsync(FrameType.ResetStream)).Header.StreamId);
        var (header, fields) = await relay.Caller.ReadHeadersAsync();
        Assert.Equal(3, header.StreamId);
        Assert.StartsWith(":status 502", fields);
        Assert.Equal("The connection is closed.", await ReadBodyAsync(relay.Caller));
    }

    [Theory]
    [InlineData(Http2ErrorCode.NoError, Http2ErrorCode.InternalError)]
    [InlineData(Http2ErrorCode.Cancel, Http2ErrorCode.InternalError)]
    [InlineData(Http2ErrorCode.EnhanceYourCalm, Http2ErrorCode.EnhanceYourCalm)]
    public async Task An_answer_that_breaks_off_does_not_look_like_one_that_ends(Http2ErrorCode code, Http2ErrorCode told)
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, Request, isLast: true);
        await relay.Service.ReadHeadersAsync();
        await relay.Service.HeadersAsync(1, ":status 200");

        await relay.Service.SendAsync(FrameType.ResetStream, FrameFlags.None, 1, 0, 0, 0, (byte)code);

        Assert.Equal((byte)told, (await relay.Caller.ReadAsync(FrameType.ResetStream)).Payload[3]);
    }

    [Fact]
    public async Task A_service_that_says_goodbye_keeps_the_calls_it_took_and_gets_no_more()
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, Request, isLast: true);
        await relay.Caller.HeadersAsync(3, Request, isLast: true);
        await relay.Service.ReadHeadersAsync();
        await relay.Service.ReadHeadersAsync();

        await relay.Service.SendAsync(FrameType.GoAway, FrameFlags.None, 0, 0, 0, 0, 1, 0, 0, 0, 0);

        var (header, fields) = await relay.Caller.ReadHeadersAsync();
        Assert.Equal(3, header.StreamId);
        Assert.StartsWith(":status 502", fields);
        await relay.Caller.HeadersAsync(5, Request, isLast: true);
        Assert.Equal([0, 0, 0, 7], (await relay.Caller.ReadAsync(FrameType.ResetStream)).Payload);
        await relay.Service.HeadersAsync(1, ":status 204", isLast: true);
        Assert.Equal(":status 204", (await relay.Caller.ReadHeadersAsync()).Fields);
        await relay.Service.EndedAsync();
    }

    [Fact]
    public async Task A_relay_that_is_to_end_lets_calls_end()
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, Request, isLast: true);
        await relay.Service.ReadHeadersAsync();

        relay.Shutdown();

        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 0], (await relay.Caller.ReadAsync(FrameType.GoAway)).Payload);
        await relay.Service.HeadersAsync(1, ":status 204", isLast: true);
        Assert.Equal(":status 204", (await relay.Caller.ReadHeadersAsync()).Fields);
        await relay.Caller.EndedAsync();
    }

    [Fact]
    public async Task Bodies_that_come_in_many_small_pieces_go_on_in_few()
    {
        await using var relay = await Relay.StartAsync();
        await relay.Caller.HeadersAsync(1, Request);
        await relay.Caller.HeadersAsync(3, Request);

        await relay.Caller.PiecesAsync(100, 1, 3);

        var bytes = 0;
        var frames = 0;
        for (var ended = 0; ended < 2; frames++)
        {
            var (header, body) = await relay.Service.ReadAsync(FrameType.Data);
            bytes += body.Length;
            if (header.Has(FrameFlags.EndStream)) ended++;
        }

        Assert.Equal(200, bytes);
        Assert.InRange(frames, 2, 20);
    }

    [Fact]
    public async Task Many_calls_with_bodies_share_two_connections()
    {
        const int Calls = 200;
        await using var relay = await Relay.StartAsync();
        var piece = new byte[4000];
        var asking = Task.Run(async () =>
        {
            for (var i = 0; i < Calls; i++)
            {
                await relay.Caller.HeadersAsync((2 * i) + 1, Request);
                await relay.Caller.SendAsync(FrameType.Data, FrameFlags.EndStream, (2 * i) + 1, piece);
            }
        });
        var answering = Task.Run(async () =>
        {
            for (var answered = 0; answered < Calls;)
            {
                var (header, body) = await relay.Service.ReadAsync(FrameType.Data);
                if (body.Length > 0) await relay.Service.WindowAsync(0, body.Length);
                // Where the window ends in the middle of a body it comes in pieces.
                if (!header.Has(FrameFlags.EndStream)) continue;
                answered++;
                await relay.Service.HeadersAsync(header.StreamId, ":status 200");
                await relay.Service.SendAsync(FrameType.Data, FrameFlags.EndStream, header.StreamId, (byte)header.StreamId);
            }
        });

        for (var i = 0; i < Calls; i++)
        {
            var (header, body) = await relay.Caller.ReadAsync(FrameType.Data);
            Assert.Equal((byte)header.StreamId, Assert.Single(body));
        }

        await Task.WhenAll(asking, answering);
        foreach (var call in relay.Calls) await call.End;
    }

    internal static async Task<string> ReadBodyAsync(Peer peer) => Encoding.ASCII.GetString((await peer.ReadAsync(FrameType.Data)).Payload);
}
