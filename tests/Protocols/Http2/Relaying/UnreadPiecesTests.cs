using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http2.Relaying;

/// <summary>Services that end connections on which bodies begin in many small pieces have them one after another.</summary>
public sealed class UnreadPiecesTests
{
    private static readonly RelayLimits TwoPieces = new() { UnreadPieces = 512, PieceTime = TimeSpan.FromDays(1) };

    [Fact]
    public async Task A_small_piece_waits_until_the_service_has_answered_others()
    {
        await using var relay = await Relay.StartAsync(TwoPieces);
        await SendPiecesAsync(relay);

        await relay.Service.HeadersAsync(1, ":status 200");

        var (header, body) = await relay.Service.ReadAsync(FrameType.Data);
        Assert.Equal(5, header.StreamId);
        Assert.Equal("three"u8, body);
    }

    [Fact]
    public async Task A_small_piece_waits_until_the_service_is_not_to_answer_others()
    {
        await using var relay = await Relay.StartAsync(TwoPieces);
        await SendPiecesAsync(relay);

        await relay.Caller.SendAsync(FrameType.ResetStream, FrameFlags.None, 3, 0, 0, 0, 8);

        Assert.Equal(5, (await relay.Service.ReadAsync(FrameType.Data)).Header.StreamId);
    }

    [Fact]
    public async Task A_small_piece_waits_no_longer_than_its_time()
    {
        await using var relay = await Relay.StartAsync(TwoPieces with { PieceTime = TimeSpan.FromMilliseconds(10) });

        await SendPiecesAsync(relay);

        Assert.Equal(5, (await relay.Service.ReadAsync(FrameType.Data)).Header.StreamId);
    }

    [Fact]
    public void What_no_longer_counts_does_not_count_again_with_the_next_piece()
    {
        var pieces = new UnreadPieces(512);
        var stream = new RelayStream(null!, 1, 0, 0);
        pieces.Sent(stream, 1, isLast: false);
        pieces.Sent(stream, 1, isLast: false);
        Assert.False(pieces.Allows(1, isLast: false));

        pieces.BeginRound();
        Assert.False(pieces.Allows(1, isLast: false));
        pieces.BeginRound();
        pieces.Sent(stream, 1, isLast: false);

        Assert.True(pieces.Allows(1, isLast: false));
        pieces.Read(stream);
        pieces.Sent(stream, 1, isLast: false);
        Assert.True(pieces.Allows(1, isLast: false));
    }

    [Fact]
    public async Task What_ends_a_body_or_is_not_small_does_not_wait()
    {
        await using var relay = await Relay.StartAsync(TwoPieces);
        await SendPiecesAsync(relay);
        for (var stream = 7; stream < 11; stream += 2) await relay.Caller.HeadersAsync(stream, RelayTests.Request);

        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.EndStream, 7, "end"u8.ToArray());
        Assert.Equal(7, (await relay.Service.ReadAsync(FrameType.Data)).Header.StreamId);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 9, new byte[256]);
        Assert.Equal(9, (await relay.Service.ReadAsync(FrameType.Data)).Header.StreamId);
        // What goes on with a piece that waits makes it one that need not.
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 5, new byte[256]);
        Assert.Equal(261, (await relay.Service.ReadAsync(FrameType.Data)).Payload.Length);
    }

    /// <summary>Begins three bodies, of which the last is one too many, and goes on with it.</summary>
    private static async Task SendPiecesAsync(Relay relay)
    {
        for (var stream = 1; stream < 7; stream += 2) await relay.Caller.HeadersAsync(stream, RelayTests.Request);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, "one"u8.ToArray());
        Assert.Equal(1, (await relay.Service.ReadAsync(FrameType.Data)).Header.StreamId);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 3, "two"u8.ToArray());
        Assert.Equal(3, (await relay.Service.ReadAsync(FrameType.Data)).Header.StreamId);
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 5, "thr"u8.ToArray());
        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 5, "ee"u8.ToArray());
        await relay.Caller.TakenAsync();
    }
}
