using System.Text;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Tests.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>Who does not take what is sent to him holds the sender up, and is not waited for for ever.</summary>
public sealed class FlowTests
{
    private static readonly RelayLimits Small = new() { StreamWindow = 1000, ConnectionWindow = 100_000, OutputBytes = 100 };

    [Fact]
    public async Task A_caller_sends_no_more_than_the_service_takes()
    {
        await using var relay = await CallerRelay.StartAsync(Small, serviceSettings: [(SettingId.InitialWindowSize, 0)]);
        await relay.Caller.SendAsync($"{CallerTests.Head}Content-Length: 3000\r\n\r\n");
        await relay.Service.ReadHeadersAsync();
        await relay.Caller.SendAsync(new string('a', 1000));

        var sending = relay.Caller.SendAsync(new string('b', 2000));
        await relay.Service.TakenAsync();
        Assert.False(sending.IsCompleted);

        await relay.Service.WindowAsync(1, 100_000);
        await sending.WaitAsync(Peer.Soon);
        Assert.Equal(new string('a', 1000) + new string('b', 2000), await ReadToEndAsync(relay.Service));
    }

    [Fact]
    public async Task A_service_sends_no_more_than_the_caller_reads()
    {
        await using var relay = await CallerRelay.StartAsync(Small);
        await relay.Caller.SendAsync($"{CallerTests.Head}\r\n");
        await relay.Service.ReadHeadersAsync();
        await relay.Service.HeadersAsync(1, ":status 200\ncontent-length 1600");
        await relay.Service.SendAsync(FrameType.Data, FrameFlags.None, 1, Encoding.ASCII.GetBytes(new string('a', 1000)));

        await relay.Caller.ExpectAsync($"HTTP/1.1 200 OK\r\ncontent-length: 1600\r\n\r\n{new string('a', 1000)}");
        Assert.Equal(1, (await relay.Service.ReadAsync(FrameType.WindowUpdate)).Header.StreamId);
        await relay.Service.SendAsync(FrameType.Data, FrameFlags.EndStream, 1, Encoding.ASCII.GetBytes(new string('b', 600)));
        await relay.Caller.ExpectAsync(new string('b', 600));
    }

    [Fact]
    public async Task A_service_is_allowed_nothing_while_the_caller_does_not_read()
    {
        await using var relay = await CallerRelay.StartAsync(Small);
        await relay.Caller.SendAsync($"{CallerTests.Head}\r\n");
        await relay.Service.ReadHeadersAsync();
        await relay.Service.HeadersAsync(1, ":status 200");
        await relay.Service.SendAsync(FrameType.Data, FrameFlags.None, 1, new byte[1000]);

        await relay.Service.SendAsync(FrameType.Data, FrameFlags.None, 1, new byte[1]);

        Assert.Equal(3, (await relay.Service.ReadAsync(FrameType.GoAway)).Payload[7]);
    }

    [Fact]
    public async Task A_caller_that_goes_on_before_he_is_answered_is_held_up()
    {
        await using var relay = await CallerRelay.StartAsync();
        var next = new string('a', 50_000);
        await relay.Caller.SendAsync($"{CallerTests.Head}\r\n");
        await relay.Service.ReadHeadersAsync();

        var sending = relay.Caller.SendAsync(next);
        await relay.Service.TakenAsync();
        Assert.False(sending.IsCompleted);

        await relay.Service.HeadersAsync(1, ":status 204", isLast: true);
        await relay.Caller.ExpectAsync("HTTP/1.1 204 No Content\r\n\r\n");
        Assert.Equal(next, await relay.Left.WaitAsync(Peer.Soon));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Large_bodies_pass_both_ways(bool isChunked)
    {
        const int Pieces = 200;
        var piece = new string('a', 10_000);
        await using var relay = await CallerRelay.StartAsync(new RelayLimits { StreamWindow = 64 * 1024, OutputBytes = 32 * 1024 });
        var asking = Task.Run(async () =>
        {
            await relay.Caller.SendAsync(CallerTests.Head + (isChunked ? "Transfer-Encoding: chunked\r\n\r\n" : $"Content-Length: {Pieces * piece.Length}\r\n\r\n"));
            for (var i = 0; i < Pieces; i++) await relay.Caller.SendAsync(isChunked ? $"2710\r\n{piece}\r\n" : piece);
            if (isChunked) await relay.Caller.SendAsync("0\r\n\r\n");
        });
        await relay.Service.ReadHeadersAsync();
        for (var left = Pieces * piece.Length; left > 0;)
        {
            var (header, body) = await relay.Service.ReadAsync(FrameType.Data);
            left -= body.Length;
            if (body.Length == 0) continue;
            await relay.Service.WindowAsync(0, body.Length);
            if (!header.Has(FrameFlags.EndStream)) await relay.Service.WindowAsync(1, body.Length);
        }

        await asking.WaitAsync(Peer.Soon);
        await relay.Service.HeadersAsync(1, $":status 200\ncontent-length {Pieces * piece.Length}");
        var answering = Task.Run(async () =>
        {
            var window = 64 * 1024;
            for (var i = 0; i < Pieces; i++)
            {
                while (window < piece.Length)
                {
                    var (header, payload) = await relay.Service.ReadAsync(FrameType.WindowUpdate);
                    if (header.StreamId == 1) window += System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(payload);
                }

                window -= piece.Length;
                await relay.Service.SendAsync(FrameType.Data, i == Pieces - 1 ? FrameFlags.EndStream : FrameFlags.None, 1, Encoding.ASCII.GetBytes(piece));
            }
        });
        await relay.Caller.ExpectAsync($"HTTP/1.1 200 OK\r\ncontent-length: {Pieces * piece.Length}\r\n\r\n");
        for (var i = 0; i < Pieces; i++) await relay.Caller.ExpectAsync(piece);
        await answering.WaitAsync(Peer.Soon);
        await relay.Calls[0].End;
    }

    [Fact]
    public async Task A_caller_that_asks_and_does_not_read_is_cut_off()
    {
        await using var relay = await CallerRelay.StartAsync(Small with { StallTime = TimeSpan.FromSeconds(10) }, new HastyClock());
        await relay.Caller.SendAsync($"{CallerTests.Head}\r\n");
        await relay.Service.ReadHeadersAsync();
        await relay.Service.HeadersAsync(1, ":status 200");
        await relay.Service.SendAsync(FrameType.Data, FrameFlags.None, 1, new byte[1000]);

        Assert.Equal(1, (await relay.Service.ReadAsync(FrameType.ResetStream)).Header.StreamId);
        Assert.Null(await relay.Left.WaitAsync(Peer.Soon));
        await relay.Calls[0].End;
    }

    [Fact]
    public async Task A_service_that_is_silent_is_told_of_in_words()
    {
        await using var relay = await CallerRelay.StartAsync(new RelayLimits { SilenceTime = TimeSpan.FromSeconds(10) }, new HastyClock());
        await relay.Caller.SendAsync($"{CallerTests.Head}\r\n");

        Assert.Equal([0, 0, 0, 8], (await relay.Service.ReadAsync(FrameType.ResetStream)).Payload);
        await relay.Caller.ExpectAsync("HTTP/1.1 502 Bad Gateway\r\n");
        Assert.Equal(RelayFailure.Silent, relay.Calls[0].Failure);
    }

    [Fact]
    public async Task A_caller_that_asks_nothing_is_cut_off()
    {
        await using var relay = await CallerRelay.StartAsync(new RelayLimits { IdleTime = TimeSpan.FromSeconds(10) }, new HastyClock());

        Assert.Equal("", await relay.Caller.ReadToEndAsync());
        Assert.Null(await relay.Left.WaitAsync(Peer.Soon));
    }

    [Fact]
    public async Task The_rest_of_a_body_that_nobody_wants_is_not_read_for_ever()
    {
        await using var relay = await CallerRelay.StartAsync(clock: new HastyClock());
        await relay.Caller.SendAsync($"{CallerTests.Head}Content-Length: 100\r\n\r\n");
        await relay.Service.ReadHeadersAsync();
        await relay.Service.HeadersAsync(1, ":status 204", isLast: true);
        await relay.Service.SendAsync(FrameType.ResetStream, FrameFlags.None, 1, 0, 0, 0, 0);

        Assert.Equal("HTTP/1.1 204 No Content\r\n\r\n", await relay.Caller.ReadToEndAsync());
    }

    private static async Task<string> ReadToEndAsync(Peer service)
    {
        var body = new StringBuilder();
        while (true)
        {
            var (header, piece) = await service.ReadAsync(FrameType.Data);
            body.Append(Encoding.ASCII.GetString(piece));
            if (header.Has(FrameFlags.EndStream)) return body.ToString();
        }
    }
}
