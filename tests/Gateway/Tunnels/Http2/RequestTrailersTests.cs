using System.Buffers;
using RestateCloud.Gateway.Tunnels.Http2;

namespace RestateCloud.Gateway.Tests.Tunnels.Http2;

public sealed class RequestTrailersTests
{
    // Preface, SETTINGS, HEADERS of stream 1, PING, an end of stream 3, the end of stream 1, what comes later.
    private static readonly byte[] Before =
    [
        .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(4, 0, 0, 6), .. Frame(1, 4, 1, 20), .. Frame(6, 0, 0, 8), .. Frame(0, 1, 3, 0),
    ];

    private static readonly byte[] End = Frame(0, 1, 1, 0);
    private static readonly byte[] After = [.. Frame(1, 5, 5, 10), .. End];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(10_000)]
    public void Only_the_end_of_the_first_request_is_replaced_however_the_writes_are_cut(int size)
    {
        var block = HeaderBlock.Encode(("tunnel-status", "ok"));
        var trailers = new RequestTrailers();
        trailers.Set(block);

        var sent = Process(trailers, [.. Before, .. End, .. After], size);

        byte[] expected = [.. Before, 0, 0, (byte)block.Length, 1, 5, 0, 0, 0, 1, .. block, .. After];
        Assert.Equal(expected, sent);
        Assert.True(trailers.AreSent);
    }

    [Fact]
    public void Without_trailers_nothing_is_changed()
    {
        byte[] written = [.. Before, .. End, .. After];

        Assert.Equal(written, Process(new RequestTrailers(), written, 5));
    }

    [Fact]
    public void Fields_are_literals_whose_lengths_may_take_several_bytes()
    {
        var value = new string('x', 127 + 128 + 3);

        byte[] expected = [0, 1, (byte)'n', 0x7F, 0x83, 0x01, .. Enumerable.Repeat((byte)'x', value.Length)];
        Assert.Equal(expected, HeaderBlock.Encode(("n", value)));
    }

    private static byte[] Process(RequestTrailers trailers, byte[] written, int size)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var piece in written.Chunk(size)) trailers.Process(piece, output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Frame(byte type, byte flags, byte stream, byte length) =>
        [0, 0, length, type, flags, 0, 0, 0, stream, .. Enumerable.Repeat((byte)0xEE, length)];
}
