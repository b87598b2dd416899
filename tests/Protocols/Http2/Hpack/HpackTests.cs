using System.Text;
using RestateCloud.Protocols.Http2;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Tests.Http2.Hpack;

/// <summary>The examples of RFC 7541, appendix C, and what it says is malformed.</summary>
public sealed class HpackTests
{
    private const string FirstRequest = ":method GET\n:scheme http\n:path /\n:authority www.example.com";
    private const string SecondRequest = FirstRequest + "\ncache-control no-cache";
    private const string ThirdRequest = ":method GET\n:scheme https\n:path /index.html\n:authority www.example.com\ncustom-key custom-value";

    private const string FirstAnswer =
        ":status 302\ncache-control private\ndate Mon, 21 Oct 2013 20:13:21 GMT\nlocation https://www.example.com";

    private const string SecondAnswer =
        ":status 307\ncache-control private\ndate Mon, 21 Oct 2013 20:13:21 GMT\nlocation https://www.example.com";

    private const string ThirdAnswer =
        ":status 200\ncache-control private\ndate Mon, 21 Oct 2013 20:13:22 GMT\nlocation https://www.example.com\ncontent-encoding gzip\n"
        + "set-cookie foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";

    [Theory]
    [InlineData(10, 5, "0a")]
    [InlineData(1337, 5, "1f9a0a")]
    [InlineData(42, 8, "2a")]
    public void An_integer_is_written_and_read_as_in_C_1(int value, int prefixBits, string bytes)
    {
        var output = new byte[8];
        var length = HpackInteger.Write(output, prefixBits, 0, value);
        ReadOnlySpan<byte> input = output.AsSpan(0, length);

        Assert.Equal(bytes, Convert.ToHexStringLower(input));
        Assert.Equal(value, HpackInteger.Read(ref input, prefixBits));
        Assert.True(input.IsEmpty);
    }

    [Theory]
    [InlineData("400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572", "custom-key custom-header", false)]
    [InlineData("040c 2f73 616d 706c 652f 7061 7468", ":path /sample/path", false)]
    [InlineData("1008 7061 7373 776f 7264 0673 6563 7265 74", "password secret", true)]
    [InlineData("82", ":method GET", false)]
    public void A_field_is_read_as_in_C_2(string block, string field, bool isNeverIndexed)
    {
        var fields = Decode(new HpackDecoder(), block);

        Assert.Equal(field, Fields.Text(fields));
        Assert.Equal(isNeverIndexed, fields.IsNeverIndexed(0));
    }

    [Fact]
    public void Requests_without_Huffman_are_read_as_in_C_3()
    {
        var decoder = new HpackDecoder();

        Assert.Equal(FirstRequest, Fields.Text(Decode(decoder, "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d")));
        Assert.Equal(SecondRequest, Fields.Text(Decode(decoder, "8286 84be 5808 6e6f 2d63 6163 6865")));
        Assert.Equal(ThirdRequest, Fields.Text(Decode(decoder, "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65")));
    }

    [Fact]
    public void Requests_with_Huffman_are_read_and_written_as_in_C_4()
    {
        var (decoder, encoder) = (new HpackDecoder(), new HpackEncoder());
        foreach (var (request, block) in (ReadOnlySpan<(string, string)>)
        [
            (FirstRequest, "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"),
            (SecondRequest, "8286 84be 5886 a8eb 1064 9cbf"),
            (ThirdRequest, "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"),
        ])
        {
            Assert.Equal(request, Fields.Text(Decode(decoder, block)));
            Assert.Equal(block.Replace(" ", ""), Convert.ToHexStringLower(Encode(encoder, Fields.Of(request))));
        }
    }

    [Fact]
    public void Answers_push_fields_out_of_a_small_table_as_in_C_6()
    {
        var (decoder, encoder) = (new HpackDecoder(), new HpackEncoder());
        encoder.Allow(256);
        foreach (var (answer, block) in (ReadOnlySpan<(string, string)>)
        [
            // Before it the size of the table, which the RFC sets by other means.
            (FirstAnswer, "3fe101 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3"),
            (SecondAnswer, "4883 640e ffc1 c0bf"),
            (ThirdAnswer, "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07"),
        ])
        {
            Assert.Equal(answer, Fields.Text(Decode(decoder, block)));
            Assert.Equal(answer, Fields.Text(Decode(new HpackDecoder(), Convert.ToHexString(Encode(new HpackEncoder(), Fields.Of(answer))))));
        }

        // What this encoder keeps in a small table differs from the example, and is understood all the same.
        var other = new HpackDecoder();
        foreach (var answer in (string[])[FirstAnswer, SecondAnswer, ThirdAnswer, FirstAnswer])
            Assert.Equal(answer, Fields.Text(Decode(other, Convert.ToHexString(Encode(encoder, Fields.Of(answer))))));
    }

    [Fact]
    public void All_bytes_pass_through_Huffman()
    {
        var text = Enumerable.Range(0, 3 * 256).Select(i => (byte)i).ToArray();
        for (var length = 0; length <= text.Length; length++)
        {
            var encoded = new byte[HuffmanCode.EncodedLength(text.AsSpan(0, length))];
            HuffmanCode.Encode(text.AsSpan(0, length), encoded);
            var decoded = new byte[HuffmanCode.MaximumDecodedLength(encoded.Length)];

            Assert.Equal(length, HuffmanCode.Decode(encoded, decoded));
            Assert.True(text.AsSpan(0, length).SequenceEqual(decoded.AsSpan(0, length)));
        }
    }

    [Fact]
    public void What_is_encoded_is_decoded_whatever_the_tables_hold()
    {
        var random = new Random(1);
        var (decoder, encoder) = (new HpackDecoder(), new HpackEncoder());
        for (var block = 0; block < 5000; block++)
        {
            if (random.Next(50) == 0) encoder.Allow((uint)random.Next(6000));
            var fields = Fields.None();
            for (var i = random.Next(8); i > 0; i--)
            {
                var name = Encoding.ASCII.GetBytes($"x-{random.Next(40)}");
                fields.Add(name, Encoding.ASCII.GetBytes(new string((char)random.Next(32, 127), random.Next(300))), random.Next(20) == 0);
            }

            var read = Fields.None();
            decoder.Decode(Encode(encoder, fields), read);
            Assert.Equal(Fields.Text(fields), Fields.Text(read));
        }
    }

    [Theory]
    [InlineData("80")] // index 0
    [InlineData("be")] // an empty table's first field
    [InlineData("7fffffffff7f")] // a number too large
    [InlineData("40")] // no name
    [InlineData("400161")] // no value
    [InlineData("400a61")] // a name that is not all there
    [InlineData("3fe21f")] // a table larger than allowed
    [InlineData("8220")] // a change of its size after a field
    [InlineData("00811800")] // a padding that is not of ones
    [InlineData("0081ff00")] // a padding of eight bits
    [InlineData("0084ffffffff00")] // the end of the string
    public void A_malformed_block_is_an_error_of_compression(string block) =>
        Assert.Equal(Http2ErrorCode.CompressionError, Assert.Throws<Http2Exception>(() => Decode(new HpackDecoder(), block)).Code);

    [Fact]
    public void Whatever_bytes_come_the_decoder_neither_hangs_nor_fails_in_another_way()
    {
        var random = new Random(2);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            try
            {
                new HpackDecoder().Decode(bytes, Fields.None());
            }
            catch (Http2Exception)
            {
                // As it should be.
            }
        }
    }

    [Fact]
    public void Fields_beyond_the_limit_are_left_out_and_known_afterwards()
    {
        var decoder = new HpackDecoder();
        var small = new HeaderFields(50);
        decoder.Decode(Encode(new HpackEncoder(), Fields.Of("x-a 1\nx-long " + new string('b', 100))), small);

        Assert.True(small.IsTooLarge);
        Assert.Equal("x-a 1", Fields.Text(small));
        Assert.Equal("x-long " + new string('b', 100), Fields.Text(Decode(decoder, "be")));
    }

    private static HeaderFields Decode(HpackDecoder decoder, string block)
    {
        var fields = Fields.None();
        decoder.Decode(Convert.FromHexString(block.Replace(" ", "")), fields);
        return fields;
    }

    private static byte[] Encode(HpackEncoder encoder, HeaderFields fields)
    {
        var output = new byte[HpackEncoder.MaximumLength(fields)];
        return output[..encoder.Encode(fields, output)];
    }
}
