using System.Buffers;
using System.Text;
using RestateCloud.Protocols.Http1;
using RestateCloud.Protocols.Tests.Http2.Hpack;

namespace RestateCloud.Protocols.Tests.Http1;

/// <summary>Bodies in what comes on a connection.</summary>
public sealed class BodyDecoderTests
{
    private const int Most = 1000;

    private readonly BodyDecoder _decoder = new(Most);

    [Fact]
    public void A_body_is_as_long_as_was_said_and_what_follows_stays()
    {
        _decoder.Begin(5);

        Assert.Equal(("abcde", "fgh"), Take("abcdefgh"));
        Assert.True(_decoder.IsEnded);
    }

    [Fact]
    public void A_body_of_nothing_has_ended()
    {
        _decoder.Begin(0);

        Assert.True(_decoder.IsEnded);
        Assert.Equal(("", "next"), Take("next"));
    }

    [Fact]
    public void A_body_that_ends_with_the_connection_is_all_that_comes()
    {
        _decoder.BeginRest();

        Assert.Equal(("0\r\n\r\n", ""), Take("0\r\n\r\n"));
        Assert.False(_decoder.IsEnded);
    }

    [Fact]
    public void A_piece_is_no_larger_than_is_wanted()
    {
        _decoder.Begin(5);
        var input = Sequence("abcde");

        Assert.Equal("ab", Text(_decoder.Take(ref input, 2)));
        Assert.Equal("cde", Text(_decoder.Take(ref input, 100)));
        Assert.True(_decoder.IsEnded);
    }

    [Theory]
    [InlineData("5\r\nabcde\r\n0\r\n\r\n", "abcde")]
    [InlineData("0000000A\r\n0123456789\r\n1\r\na\r\n00\r\n\r\n", "0123456789a")]
    [InlineData("0\r\n\r\n", "")]
    public void Chunks_are_put_together_however_they_come(string body, string expected)
    {
        _decoder.BeginChunks();
        Assert.Equal((expected, "next"), Take(body + "next"));
        Assert.True(_decoder.IsEnded);
        Assert.Null(_decoder.Trailers);

        _decoder.BeginChunks();
        var taken = "";
        var left = "";
        foreach (var c in body)
        {
            (var piece, left) = Take(left + c);
            taken += piece;
        }

        Assert.Equal((expected, ""), (taken, left));
        Assert.True(_decoder.IsEnded);
    }

    [Fact]
    public void Trailers_come_after_the_last_chunk()
    {
        _decoder.BeginChunks();

        Assert.Equal(("", "X-One: 1\r\n"), Take("0\r\nX-One: 1\r\n"));
        Assert.False(_decoder.IsEnded);
        Assert.Equal(("", "next"), Take("X-One: 1\r\nx-two: 2 \r\n\r\nnext"));
        Assert.True(_decoder.IsEnded);
        Assert.Equal("x-one 1\nx-two 2", Fields.Text(_decoder.Trailers!));
    }

    [Theory]
    [InlineData("+5\r\nabcde\r\n")]
    [InlineData("0x5\r\nabcde\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("5 \r\nabcde\r\n")]
    [InlineData(" 5\r\nabcde\r\n")]
    [InlineData("5;name=value\r\nabcde\r\n")]
    [InlineData("5\nabcde\n")]
    [InlineData("5\r5")]
    [InlineData("\r\n")]
    [InlineData("000000005\r\n")]
    [InlineData("FFFFFFFFF\r\n")]
    [InlineData("5\r\nabcdef\r\n")]
    [InlineData("5\r\nabcde\n0\r\n\r\n")]
    [InlineData("5\r\nabcde0\r\n\r\n")]
    [InlineData("0\r\nname : value\r\n\r\n")]
    [InlineData("0\r\nname: value\r\n folded\r\n\r\n")]
    [InlineData("0\r\nname: value\n\r\n")]
    [InlineData("0\r\nname\r\n\r\n")]
    public void What_could_be_read_differently_is_no_body(string body)
    {
        _decoder.BeginChunks();

        Assert.Throws<Http1Exception>(() => Take(body));
    }

    [Fact]
    public void Trailers_without_end_are_none()
    {
        _decoder.BeginChunks();

        Assert.Throws<Http1Exception>(() => Take($"0\r\nname: {new string('a', Most)}"));
    }

    private static ReadOnlySequence<byte> Sequence(string text) => new(Encoding.ASCII.GetBytes(text));

    private static string Text(ReadOnlySequence<byte> bytes) => Encoding.ASCII.GetString(bytes);

    private (string Body, string Left) Take(string text)
    {
        var input = Sequence(text);
        var body = "";
        while (true)
        {
            var piece = _decoder.Take(ref input, Most);
            if (piece.IsEmpty) return (body, Text(input));
            body += Text(piece);
        }
    }
}
