using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http2.Hpack;

/// <summary>Lists of fields: what a table has is in them as it is, until it is changed there.</summary>
public sealed class HeaderFieldsTests
{
    private static readonly KnownField Path = KnownField.Of(":path"u8, "/env/tunnel/invoke"u8);

    [Fact]
    public void To_change_a_field_leaves_what_the_table_has_as_it_was()
    {
        var fields = Known();

        fields.Set(0, "/other"u8);

        Assert.Null(fields.Known(0));
        Assert.Equal(":path /other\nx-a 1", Fields.Text(fields));
        Assert.Equal(":path /env/tunnel/invoke\nx-a 1", Fields.Text(Known()));
    }

    [Fact]
    public void What_is_left_out_at_the_beginning_can_be_brought_back()
    {
        var fields = Known();

        fields.TrimStart(0, "/env/tunnel".Length);
        Assert.Equal(":path /invoke\nx-a 1", Fields.Text(fields));

        fields.TrimStart(0, -"/env/tunnel".Length);
        Assert.Equal(":path /env/tunnel/invoke\nx-a 1", Fields.Text(fields));
    }

    [Fact]
    public void A_clone_has_its_own()
    {
        var fields = Known();
        fields.Add("x-b"u8, "2"u8);
        var clone = fields.Clone();

        fields.TrimStart(0, 4);
        fields.Set(2, "3"u8);
        fields.Clear();
        fields.Add("x-c"u8, "4"u8);

        Assert.Equal(":path /env/tunnel/invoke\nx-a 1\nx-b 2", Fields.Text(clone));
        Assert.True(HpackEncoder.MaximumLength(clone) > clone.Length);
        Assert.Equal(":path/env/tunnel/invokex-a1x-b2".Length, clone.Length);
    }

    [Fact]
    public void Those_that_hold_what_others_held_have_it_when_the_others_are_cleared()
    {
        var (fields, copy) = (Known(), Fields.None());
        copy.Add("x-old"u8, "9"u8);
        copy.CopyFrom(fields);
        fields.Clear();

        Assert.Equal(":path /env/tunnel/invoke\nx-a 1", Fields.Text(copy));
    }

    [Fact]
    public void Known_fields_count_towards_the_limit()
    {
        var fields = new HeaderFields((2 * Path.Size) - 1);
        fields.Add(Path);
        Assert.False(fields.IsTooLarge);

        fields.Add(Path);

        Assert.True(fields.IsTooLarge);
        Assert.Equal(1, fields.Count);
    }

    [Fact]
    public void Fields_of_a_name_are_taken_out_wherever_they_are_from()
    {
        var fields = Known();
        fields.Add("x-a"u8, "3"u8);
        fields.Add("x-b"u8, "2"u8);

        fields.Remove("x-a"u8);

        Assert.Equal(":path /env/tunnel/invoke\nx-b 2", Fields.Text(fields));
    }

    [Theory]
    [InlineData("x-a", "1", true)]
    [InlineData("te", "trailers", true)]
    [InlineData("te", "gzip", false)]
    [InlineData("connection", "close", false)]
    [InlineData("transfer-encoding", "chunked", false)]
    [InlineData(":path", "/", false)]
    [InlineData("X-A", "1", false)]
    [InlineData("x-a", "1\r\nx-b: 2", false)]
    public void What_a_table_has_is_refused_each_time_or_never(string name, string value, bool isOrdinary)
    {
        var field = KnownField.Of(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));
        var fields = Fields.None();
        fields.Add(field);

        for (var i = 0; i < 3; i++) Assert.Equal(isOrdinary, HeaderRules.AreTrailers(fields));
        Assert.Equal(isOrdinary, HeaderRules.AreTrailers(Fields.Of((name, value))));
    }

    [Fact]
    public void A_field_that_two_tables_have_is_one_and_the_same()
    {
        var (decoder, encoder) = (new HpackDecoder(), new HpackEncoder());
        var first = Fields.None();
        decoder.Decode(Convert.FromHexString("400a637573746f6d2d6b65790d637573746f6d2d686561646572"), first);
        var block = new byte[HpackEncoder.MaximumLength(first)];
        encoder.Encode(first, block);

        var second = Fields.None();
        decoder.Decode(Convert.FromHexString("be"), second);

        Assert.Same(first.Known(0), second.Known(0));
        Assert.Equal(1, encoder.Encode(second, block));
        Assert.Equal(0xBE, block[0]);
    }

    private static HeaderFields Known()
    {
        var fields = Fields.None();
        fields.Add(Path);
        fields.Add(KnownField.Of("x-a"u8, "1"u8));
        return fields;
    }
}
