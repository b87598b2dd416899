namespace RestateCloud.Cedar.Tests.Schemas;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("entity A {", 1, 11, "expected an attribute or `}`, found the end of the text")]
    [InlineData("entity A { a: Lnog };", 1, 15, "the type `Lnog` is not declared; did you mean `Long`?")]
    [InlineData("entity User;\nentity Photo in [Users];", 2, 18, "the entity type `Users` is not declared; did you mean `User`?")]
    [InlineData("entity A; entity A;", 1, 18, "the entity type `A` comes twice")]
    [InlineData("entity A; namespace N { entity A; }", 1, 32, "`N::A` hides the type `A`")]
    [InlineData("action a; namespace N { action a; }", 1, 32, "the action N::Action::\"a\" hides")]
    [InlineData("type T = { a: U }; type U = Set<T>;", 1, 33, "the common type `T` contains itself")]
    [InlineData("action a in [b]; action b in [a];", 1, 8, "is in itself")]
    [InlineData("action view in [raed]; action read;", 1, 17, "the action `raed` is not declared; did you mean `read`?")]
    [InlineData("entity A; action a appliesTo { principal: A };", 1, 20, "add `resource: [Type]`")]
    [InlineData("entity A; action a appliesTo { principal: [], resource: A };", 1, 43, "at least one type")]
    [InlineData("entity A; action a appliesTo { principal: A, resource: A, context: A };", 1, 68, "`A` is an entity type; here the name of a common type is expected")]
    [InlineData("entity A; action a { principal: A };", 1, 20, "`appliesTo { … }`")]
    [InlineData("namespace A { namespace B {} }", 1, 15, "namespaces do not nest")]
    [InlineData("namespace A {} namespace A {}", 1, 26, "comes twice")]
    [InlineData("namespace A::__cedar {}", 1, 11, "`__cedar` belongs to the language")]
    [InlineData("entity A; namespace N { type A = Long; }", 1, 30, "`N::A` hides the type `A`")]
    [InlineData("entity __cedar;", 1, 8, "`__cedar` belongs to the language")]
    [InlineData("entity Action;", 1, 8, "the type of actions")]
    [InlineData("type Set = Long;", 1, 6, "a word of the language")]
    [InlineData("entity if;", 1, 8, "`if` is reserved")]
    [InlineData("@a @a entity A;", 1, 5, "`@a` comes twice")]
    [InlineData("entity A enum [];", 1, 16, "an id")]
    [InlineData("type T = Long; entity A in T;", 1, 28, "`T` is a common type; here the name of an entity type is expected")]
    public void A_text_that_is_no_schema_is_refused_at_its_place(string text, int line, int column, string message)
    {
        var error = Assert.Throws<CedarParseException>(() => Schema.Parse(text));
        Assert.Contains(message, error.Message);
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Theory]
    [InlineData("[]", "$", "an object")]
    [InlineData("{\"\":{\"actions\":{}}}", "$.", "`entityTypes` is missing")]
    [InlineData("{\"\":{\"entityTypes\":{\"A\":{\"memberOf\":[]}},\"actions\":{}}}", "$..entityTypes.A", "`memberOf` is no field here; did you mean `memberOfTypes`?")]
    [InlineData("{\"\":{\"entityTypes\":{\"A\":{\"shape\":{\"type\":\"Long\"}}},\"actions\":{}}}", "$..entityTypes.A.shape", "is a record")]
    [InlineData("{\"\":{\"entityTypes\":{\"A\":{\"tags\":{\"type\":\"Extension\",\"name\":\"ipadr\"}}},\"actions\":{}}}", "$..entityTypes.A.tags", "did you mean `ipaddr`?")]
    [InlineData("{\"\":{\"entityTypes\":{\"A\":{\"shape\":{\"type\":\"Record\",\"attributes\":{},\"additionalAttributes\":true}}},\"actions\":{}}}", "$..entityTypes.A.shape.additionalAttributes", "not supported")]
    [InlineData("{\"\":{\"entityTypes\":{},\"actions\":{\"a\":{\"attributes\":{}}}}}", "$..actions.a.attributes", "no attributes")]
    [InlineData("{\"\":{\"entityTypes\":{},\"actions\":{\"a\":{\"memberOf\":[{\"id\":\"b\"}]}}}}", "$..actions.a.memberOf[0]", "the action `b` is not declared")]
    public void JSON_that_is_no_schema_is_refused_at_its_place(string json, string path, string message)
    {
        var error = Assert.Throws<CedarParseException>(() => Schema.ParseJson(json));
        Assert.Contains(message, error.Message);
        Assert.Equal(path, error.JsonPath);
    }

    [Fact]
    public void Names_of_built_in_types_can_be_taken_and_are_then_reached_through_their_namespace()
    {
        var schema = Schema.Parse("entity Long; entity String { a: Long, b: __cedar::Long, c: ipaddr }; type ipaddr = __cedar::String;");
        Assert.Null(Validator.FindFault(new Entity(EntityUid.Parse("String::\"x\""), new Dictionary<string, CedarValue>
        {
            ["a"] = EntityUid.Parse("Long::\"x\""),
            ["b"] = 1,
            ["c"] = "text",
        }), schema));
    }

    [Fact]
    public void Keywords_of_schemas_name_things_like_other_words() => Schema.Parse(
        "entity entity in tags { type: Long, in_: Long, \"in\": Long } tags tags; entity tags, enum; action action, appliesTo appliesTo { principal: entity, resource: enum };");

    [Fact]
    public void Of_an_attribute_declared_twice_the_last_counts_as_in_the_reference()
    {
        var schema = Schema.Parse("entity A { a: Long, a: String };");
        Assert.Null(Validator.FindFault(new Entity(EntityUid.Parse("A::\"x\""), new Dictionary<string, CedarValue> { ["a"] = "text" }), schema));
    }
}
