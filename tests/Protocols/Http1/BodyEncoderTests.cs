using System.Buffers;
using System.Text;
using RestateCloud.Protocols.Http1;
using RestateCloud.Protocols.Streams;
using RestateCloud.Protocols.Tests.Http2.Hpack;

namespace RestateCloud.Protocols.Tests.Http1;

/// <summary>Bodies as they are written.</summary>
public sealed class BodyEncoderTests
{
    private readonly BodyEncoder _encoder = new();
    private readonly PooledBuffer _output = new();

    [Fact]
    public void Chunks_say_how_long_they_are_and_trailers_follow_the_last()
    {
        _encoder.BeginChunks();

        Assert.True(TryWrite("0123456789abcdefg"));
        Assert.True(TryWrite(""));
        Assert.True(_encoder.TryEnd(_output, Fields.Of("x-name value")));

        Assert.Equal("11\r\n0123456789abcdefg\r\n0\r\nx-name: value\r\n\r\n", Output);
    }

    [Fact]
    public void A_body_of_a_length_that_was_said_is_written_as_it_is()
    {
        _encoder.Begin(5);

        Assert.True(TryWrite("abc"));
        Assert.True(TryWrite("de"));
        Assert.True(_encoder.TryEnd(_output, Fields.Of("x-name value")));

        Assert.Equal("abcde", Output);
    }

    [Fact]
    public void A_body_of_another_length_than_was_said_is_found_out()
    {
        _encoder.Begin(5);

        Assert.True(TryWrite("abc"));
        Assert.False(_encoder.TryEnd(_output));
        Assert.False(TryWrite("def"));

        Assert.Equal("abc", Output);
    }

    private string Output => Encoding.ASCII.GetString(_output.Bytes.Span);

    private bool TryWrite(string text) => _encoder.TryWrite(_output, new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text)));
}
