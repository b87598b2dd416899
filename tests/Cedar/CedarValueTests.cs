namespace RestateCloud.Cedar.Tests;

public sealed class CedarValueTests
{
    [Fact]
    public void Sets_are_equal_whatever_their_order_and_repetitions()
    {
        Assert.Equal(CedarValue.Set(1L, "a", true), CedarValue.Set(true, 1L, "a", 1L, "a"));
        Assert.NotEqual(CedarValue.Set(1L), CedarValue.Set(1L, 2L));
        var many = Enumerable.Range(0, 100).Select(i => (CedarValue)(long)i).ToArray();
        Assert.Equal(CedarValue.Set(many), CedarValue.Set([.. many.Reverse(), .. many]));
        Assert.Equal(100, CedarValue.Set([.. many, .. many]).Elements.Length);
    }

    [Fact]
    public void Records_are_equal_whatever_their_order_and_refuse_a_name_twice()
    {
        Assert.Equal(Record(("a", 1L), ("b", 2L)), Record(("b", 2L), ("a", 1L)));
        Assert.NotEqual(Record(("a", 1L)), Record(("b", 1L)));
        Assert.Throws<ArgumentException>(() => Record(("a", 1L), ("a", 1L)));
        var many = Record([.. Enumerable.Range(0, 50).Select(i => ($"n{i}", (CedarValue)(long)i))]);
        Assert.True(many.TryGetField("n33", out var value) && value == 33L);
        Assert.False(many.TryGetField("n50", out _));
    }

    [Fact]
    public void Values_of_different_kinds_are_unequal_even_with_the_same_bits()
    {
        CedarValue[] ones = [1L, true, "1", CedarValue.Decimal(0.0001m), CedarValue.Duration(TimeSpan.FromMilliseconds(1)), CedarValue.DateTime(DateTimeOffset.FromUnixTimeMilliseconds(1))];

        Assert.Equal(ones.Length, ones.Distinct().Count());
        Assert.NotEqual(default, (CedarValue)0L);
    }

    [Fact]
    public void Extension_values_are_those_the_language_constructs()
    {
        Assert.Equal("ip(\"10.0.0.0/8\")", CedarValue.IpAddress("10.0.0.0/8").ToString());
        Assert.Equal("decimal(\"-1.5000\")", CedarValue.Decimal(-1.5m).ToString());
        Assert.Equal("duration(\"90000ms\")", CedarValue.Duration(TimeSpan.FromMinutes(1.5)).ToString());
        Assert.Throws<FormatException>(() => CedarValue.IpAddress("10.0.0.256"));
        Assert.Throws<ArgumentOutOfRangeException>(() => CedarValue.Decimal(0.00001m));
        Assert.Throws<ArgumentOutOfRangeException>(() => CedarValue.Decimal(922337203685477.5808m));
    }

    [Fact]
    public void Each_kind_gives_its_content_and_no_other_does()
    {
        CedarValue uid = new EntityUid("A::B", "\"");

        Assert.True(((CedarValue)true).TryGetBool(out var truth) && truth);
        Assert.True(((CedarValue)5L).TryGetLong(out var number) && number == 5);
        Assert.True(((CedarValue)"x").TryGetString(out var text) && text == "x");
        Assert.True(uid.TryGetEntity(out var entity) && entity.Equals(EntityUid.Parse("A::B::\"\\\"\"")));
        Assert.False(uid.TryGetString(out _) || uid.TryGetLong(out _) || uid.TryGetBool(out _));
    }

    [Theory]
    [InlineData("User")]
    [InlineData("User::")]
    [InlineData("::\"a\"")]
    [InlineData("if::\"a\"")]
    [InlineData("__cedar::User::\"a\"")]
    [InlineData("User::\"a\" x")]
    public void A_text_that_is_no_uid_is_refused(string text) => Assert.Throws<CedarParseException>(() => EntityUid.Parse(text));

    [Fact]
    public void A_type_that_is_no_name_is_refused() => Assert.Throws<ArgumentException>(() => new EntityUid("a b", "c"));

    private static CedarValue Record(params (string Name, CedarValue Value)[] fields) =>
        CedarValue.Record(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
