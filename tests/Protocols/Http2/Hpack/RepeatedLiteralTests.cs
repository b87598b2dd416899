using System.Text;
using RestateCloud.Protocols.Http2;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Tests.Http2.Hpack;

/// <summary>What one side writes anew each time is read as what it is each time, though it was read before.</summary>
public sealed class RepeatedLiteralTests
{
    private const string Indexed = "400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572";
    private const string NotIndexed = "040c 2f73 616d 706c 652f 7061 7468";
    private const string NeverIndexed = "1008 7061 7373 776f 7264 0673 6563 7265 74";

    private readonly HpackDecoder _decoder = new();

    [Fact]
    public void The_table_gets_it_each_time()
    {
        for (var i = 0; i < 5; i++) Assert.Equal("custom-key custom-header", Decode(Indexed));

        Assert.Equal(string.Join('\n', Enumerable.Repeat("custom-key custom-header", 5)), Decode("be bf c0 c1 c2"));
        Assert.Throws<Http2Exception>(() => Decode("c3"));
    }

    [Fact]
    public void It_pushes_others_out_of_the_table_each_time()
    {
        Assert.Equal("x-first 1", Decode("40 07 78 2d 66 69 72 73 74 01 31"));
        // Of 55 bytes each there are 74 in a table of 4096.
        for (var i = 0; i < 74; i++) Assert.Equal("custom-key custom-header", Decode(Indexed));

        Assert.Equal("custom-key custom-header", Decode("ff 08"));
        Assert.Throws<Http2Exception>(() => Decode("ff 09"));
    }

    [Fact]
    public void The_table_does_not_get_what_is_not_for_it()
    {
        for (var i = 0; i < 5; i++) Assert.Equal(":path /sample/path", Decode(NotIndexed));

        Assert.Throws<Http2Exception>(() => Decode("be"));
    }

    [Fact]
    public void What_no_table_may_hold_is_that_each_time()
    {
        for (var i = 0; i < 5; i++)
        {
            var fields = Fields.None();
            _decoder.Decode(Bytes(NeverIndexed), fields);

            Assert.Equal("password secret", Fields.Text(fields));
            Assert.True(fields.IsNeverIndexed(0));
        }
    }

    [Fact]
    public void A_name_that_the_table_has_is_the_one_that_it_has_now()
    {
        // The first field's name, which the table gets with it.
        const string ByNumber = "7e 0d63 7573 746f 6d2d 6865 6164 6572";
        Decode("4003 782d 6101 31");
        for (var i = 0; i < 5; i++) Assert.Equal("x-a custom-header", Decode(ByNumber));

        Decode("4003 782d 6201 31");

        Assert.Equal("x-b custom-header", Decode(ByNumber));
    }

    [Fact]
    public void Those_that_differ_in_any_byte_are_kept_apart()
    {
        var encoder = new HpackEncoder();
        // All are literals then.
        encoder.Allow(0);
        var random = new Random(3);
        for (var block = 0; block < 5000; block++)
        {
            var fields = Fields.None();
            for (var i = 0; i < 8; i++)
            {
                var value = new string('a', 40).ToCharArray();
                value[random.Next(value.Length)] = (char)random.Next('a', 'd');
                fields.Add(Encoding.ASCII.GetBytes($"x-{random.Next(3)}"), Encoding.ASCII.GetBytes(value));
            }

            var output = new byte[HpackEncoder.MaximumLength(fields)];
            var read = Fields.None();
            _decoder.Decode(output.AsSpan(0, encoder.Encode(fields, output)), read);
            Assert.Equal(Fields.Text(fields), Fields.Text(read));
        }
    }

    private static byte[] Bytes(string block) => Convert.FromHexString(block.Replace(" ", ""));

    private string Decode(string block)
    {
        var fields = Fields.None();
        _decoder.Decode(Bytes(block), fields);
        return Fields.Text(fields);
    }
}
