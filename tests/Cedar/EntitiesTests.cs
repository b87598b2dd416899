namespace RestateCloud.Cedar.Tests;

public sealed class EntitiesTests
{
    [Fact]
    public void An_entity_may_come_twice_when_both_say_the_same()
    {
        var entities = Entities.Parse("""
            [{"uid":{"type":"A","id":"a"},"attrs":{"x":[1,2]},"parents":[{"type":"A","id":"b"},{"type":"A","id":"c"}]},
             {"uid":{"__entity":{"type":"A","id":"a"}},"attrs":{"x":[2,1]},"parents":[{"type":"A","id":"c"},{"type":"A","id":"b"}]}]
            """);

        Assert.Equal(1, entities.Count);
    }

    [Theory]
    [InlineData("""[{"uid":{"type":"A","id":"a"},"attrs":{},"parents":[]},{"uid":{"type":"A","id":"a"},"attrs":{"x":1},"parents":[]}]""", "$: the entity A::\"a\" comes twice")]
    [InlineData("""[{"uid":{"type":"A","id":"a"},"attrs":{},"parents":[{"type":"A","id":"b"}]},{"uid":{"type":"A","id":"b"},"attrs":{},"parents":[{"type":"A","id":"a"}]}]""", "cycle")]
    [InlineData("""[{"uid":{"type":"A","id":"a"},"attrs":{},"parents":[{"type":"A","id":"a"}]}]""", "cycle")]
    [InlineData("""[{"uid":{"type":"A","id":"a"},"attrs":{"x":null},"parents":[]}]""", "$[0].attrs.x: Cedar has no null")]
    [InlineData("""[{"uid":{"type":"A","id":"a"},"attrs":{"x":{"y":1,"y":2}},"parents":[]}]""", "y")]
    [InlineData("""[{"uid":{"type":"A","id":"a"},"attrs":{"x":1.5},"parents":[]}]""", "$[0].attrs.x: 1.5 is not a whole number")]
    [InlineData("""[{"uid":{"type":"A","id":"a"},"attrs":{"x":9223372036854775808},"parents":[]}]""", "64 bits")]
    [InlineData("""[{"uid":{"type":"A","id":"a"},"attrs":{"x":{"__extn":{"fn":"ip","arg":"nowhere"}}},"parents":[]}]""", "\"nowhere\" is no ipaddr")]
    [InlineData("""[{"uid":{"type":"A","id":"a"},"attrs":{"x":{"__extn":{"fn":"nothing","arg":"1"}}},"parents":[]}]""", "there is no extension function `nothing`")]
    [InlineData("""[{"uid":{"type":"A","id":"a"},"attrs":{"x":"\ud800"},"parents":[]}]""", "not valid Unicode")]
    [InlineData("""[{"uid":{"type":"A","id":"a"},"attrs":{"\ud800":1},"parents":[]}]""", "not valid Unicode")]
    [InlineData("""[{"uid":{"type":"A","id":"a"},"attrs":{}}]""", "$[0]: `parents` is missing")]
    [InlineData("""[{"uid":{"type":"A b","id":"a"},"attrs":{},"parents":[]}]""", "$[0].uid.type: `A b` is not an entity type")]
    [InlineData("""[{"uid":{"type":"Action","id":"a"},"attrs":{},"parents":[{"type":"A","id":"a"}]}]""", "no action")]
    [InlineData("[", "JSON")]
    [InlineData("{}", "expected an array")]
    public void A_document_that_is_no_set_of_entities_is_refused_with_its_place(string json, string message)
    {
        var error = Assert.Throws<CedarParseException>(() => Entities.Parse(json));

        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Values_read_as_the_types_they_are()
    {
        Assert.True(Entities.Parse("""
            [{"uid":{"type":"A","id":"a"},"attrs":{
                "long":-9223372036854775808, "text":"\u00e9😀", "set":[1,1,true], "uid":{"__entity":{"type":"B","id":""}},
                "time":{"__extn":{"fn":"offset","args":[{"__extn":{"fn":"datetime","arg":"1970-01-01"}},{"__extn":{"fn":"duration","args":["1s"]}}]}},
                "record":{"__entity":{"type":"B"}}},
              "parents":[], "tags":{"t":{"__extn":{"fn":"decimal","arg":"1.5"}}}}]
            """).TryGet(new EntityUid("A", "a"), out var entity));

        Assert.Equal(long.MinValue, Attribute("long"));
        Assert.Equal("é😀", Attribute("text"));
        Assert.Equal(CedarValue.Set(true, 1L), Attribute("set"));
        Assert.Equal(new EntityUid("B", ""), Attribute("uid"));
        Assert.Equal("datetime(\"1970-01-01\").offset(duration(\"1000ms\"))", Attribute("time").ToString());
        Assert.Equal(ValueKind.Record, Attribute("record").Kind);
        Assert.True(entity.TryGetTag("t", out var tag));
        Assert.Equal(ValueKind.Decimal, tag.Kind);

        CedarValue Attribute(string name) => entity!.TryGetAttribute(name, out var value) ? value : throw new KeyNotFoundException(name);
    }
}
