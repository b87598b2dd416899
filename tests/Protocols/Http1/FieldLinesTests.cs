using System.Buffers;
using System.Text;
using RestateCloud.Protocols.Http1;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Tests.Http2.Hpack;

namespace RestateCloud.Protocols.Tests.Http1;

/// <summary>Lines of fields.</summary>
public sealed class FieldLinesTests
{
    [Fact]
    public void Names_are_in_lower_case_and_values_without_the_blanks_around_them()
    {
        var fields = Fields.None();

        Assert.True(FieldLines.TryRead("X-Name:value\r\nOther:  a\tb c \r\nEmpty:\r\n"u8, fields));

        Assert.Equal("x-name value\nother a\tb c\nempty ", Fields.Text(fields));
    }

    [Theory]
    [InlineData("name : value\r\n")]
    [InlineData(" name: value\r\n")]
    [InlineData("name: value\r\n folded\r\n")]
    [InlineData("name: value\nother: value\r\n")]
    [InlineData("name: value\rother: value\r\n")]
    [InlineData("name: val\0ue\r\n")]
    [InlineData("name: val\u007Fue\r\n")]
    [InlineData("name: value")]
    [InlineData("name\r\n")]
    [InlineData(": value\r\n")]
    [InlineData("na(me: value\r\n")]
    public void Lines_that_could_be_read_differently_are_none(string lines) =>
        Assert.False(FieldLines.TryRead(Encoding.ASCII.GetBytes(lines), Fields.None()));

    [Fact]
    public void Names_and_blocks_have_a_limit()
    {
        Assert.False(FieldLines.TryRead(Encoding.ASCII.GetBytes($"{new string('a', 257)}: value\r\n"), Fields.None()));
        Assert.False(FieldLines.TryRead("name: value\r\n"u8, new HeaderFields(40)));
        Assert.Throws<Http1Exception>(() => Find(new string('a', 100)));
    }

    [Fact]
    public void Lines_are_found_once_the_empty_one_has_come()
    {
        Assert.Null(Find("name: value\r\n\r"));
        Assert.Equal("name: value\r\n", Find("name: value\r\n\r\nmore"));
        Assert.Throws<Http1Exception>(() => Find("name: value\n\n"));
    }

    [Fact]
    public void Lines_are_found_that_come_in_pieces()
    {
        var first = new Piece("name: val", 0);
        var last = first.Then("ue\r\n\r").Then("\nmore");

        Assert.True(FieldLines.TryFind(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length), 100, out var lines));

        Assert.Equal("name: value\r\n", Encoding.ASCII.GetString(lines));
    }

    private static string? Find(string text) =>
        FieldLines.TryFind(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text)), 100, out var lines) ? Encoding.ASCII.GetString(lines) : null;

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(string text, long start) => (Memory, RunningIndex) = (Encoding.ASCII.GetBytes(text), start);

        public Piece Then(string text)
        {
            var next = new Piece(text, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
