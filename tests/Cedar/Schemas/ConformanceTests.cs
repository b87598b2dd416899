namespace RestateCloud.Cedar.Tests.Schemas;

public sealed class ConformanceTests
{
    private static readonly Schema Documents = Schema.Parse("""
        entity Group in [Group];
        entity User in [Group] { name: String, boss?: User, seen?: datetime, home?: { ip: ipaddr } } tags Set<Long>;
        entity Color enum ["red", "green"];
        entity Doc { color: Color };
        action all;
        action read in [all];
        action view in [read] appliesTo { principal: [User], resource: [Doc], context: { mfa: Bool, color?: Color } };
        """);

    [Theory]
    [InlineData("""{"name": "Ann"}""", "[]", "{}")]
    [InlineData("""{"name": "Ann", "boss": {"type": "User", "id": "b"}, "seen": "2024-10-15", "home": {"ip": "10.0.0.1"}}""", """[{"type": "Group", "id": "g"}]""", """{"a": [1, 2], "b": []}""")]
    [InlineData("""{"name": "Ann", "boss": {"__entity": {"type": "User", "id": "b"}}, "seen": {"__extn": {"fn": "datetime", "arg": "2024-10-15"}}}""", """[{"__entity": {"type": "Group", "id": "g"}}]""", "{}")]
    public void An_entity_that_conforms_is_read_in_the_short_forms_too(string attributes, string parents, string tags)
    {
        var entities = Entities.Parse(User(attributes, parents, tags), Documents);
        Assert.True(entities.TryGet(EntityUid.Parse("User::\"a\""), out var user));
        Assert.True(!user.TryGetAttribute("boss", out var boss) || boss == EntityUid.Parse("User::\"b\""));
    }

    [Theory]
    [InlineData("{}", "[]", "{}", "User::\"a\" lacks the attribute \"name\"")]
    [InlineData("""{"name": 1}""", "[]", "{}", "User::\"a\".name is a long, and should be of type String")]
    [InlineData("""{"name": "Ann", "nane": 1}""", "[]", "{}", "the attribute \"nane\", which is not declared; did you mean `name`?")]
    [InlineData("""{"name": "Ann", "boss": {"__entity": {"type": "Group", "id": "b"}}}""", "[]", "{}", "should be an entity of type User")]
    [InlineData("""{"name": "Ann", "home": {}}""", "[]", "{}", "User::\"a\".home lacks the attribute \"ip\"")]
    [InlineData("""{"name": "Ann"}""", """[{"type": "Doc", "id": "d"}]""", "{}", "entities of type User are never in Doc")]
    [InlineData("""{"name": "Ann"}""", "[]", """{"a": 1}""", "the tag \"a\" of User::\"a\" is a long")]
    public void An_entity_that_does_not_conform_is_refused_with_the_path_of_the_fault(string attributes, string parents, string tags, string message) =>
        Assert.Contains(message, Assert.Throws<CedarParseException>(() => Entities.Parse(User(attributes, parents, tags), Documents)).Message);

    [Theory]
    [InlineData("""[{"uid": {"type": "Docs", "id": "d"}, "attrs": {}, "parents": []}]""", "the type Docs, which is not declared; did you mean `Doc`?")]
    [InlineData("""[{"uid": {"type": "Color", "id": "blue"}, "attrs": {}, "parents": []}]""", "the ids of Color are \"red\", \"green\"")]
    [InlineData("""[{"uid": {"type": "Doc", "id": "d"}, "attrs": {"color": {"type": "Color", "id": "blue"}}, "parents": []}]""", "the ids of Color")]
    [InlineData("""[{"uid": {"type": "Doc", "id": "d"}, "attrs": {"color": {"type": "Color", "id": "red"}}, "parents": [], "tags": {"a": 1}}]""", "have none")]
    [InlineData("""[{"uid": {"type": "Action", "id": "write"}, "attrs": {}, "parents": []}]""", "the action Action::\"write\" is not declared")]
    [InlineData("""[{"uid": {"type": "Action", "id": "view"}, "attrs": {}, "parents": [{"type": "Action", "id": "read"}]}]""", "in other groups than the schema says")]
    [InlineData("""[{"uid": {"type": "Action", "id": "all"}, "attrs": {"a": 1}, "parents": []}]""", "actions have none")]
    public void Entities_that_the_schema_rules_out_are_refused(string json, string message) =>
        Assert.Contains(message, Assert.Throws<CedarParseException>(() => Entities.Parse(json, Documents)).Message);

    [Fact]
    public void The_actions_of_the_schema_are_in_their_groups_and_may_be_given_with_all_or_only_the_nearest_of_them()
    {
        foreach (var json in (string[])[
            "[]",
            """[{"uid": {"type": "Action", "id": "view"}, "attrs": {}, "parents": [{"type": "Action", "id": "all"}, {"type": "Action", "id": "read"}]}]""",
            """[{"uid": {"type": "Action", "id": "view"}, "attrs": {}, "parents": [{"type": "Action", "id": "read"}]}, {"uid": {"type": "Action", "id": "read"}, "attrs": {}, "parents": [{"type": "Action", "id": "all"}]}]"""])
        {
            var policies = PolicySet.Parse("permit(principal, action in Action::\"all\", resource);");
            Assert.True(Authorizer.IsAllowed(Request.Parse(Asked("User", "view", "Doc", """{"mfa": true}"""), Documents), Entities.Parse(json, Documents), policies));
        }
    }

    [Theory]
    [InlineData("Usr", "view", "Doc", """{"mfa": true}""", "the principal Usr::\"a\" is of the type Usr, which is not declared; did you mean `User`?")]
    [InlineData("Group", "view", "Doc", """{"mfa": true}""", "does not apply to the principal Group::\"a\"; the types it applies to are User")]
    [InlineData("User", "view", "User", """{"mfa": true}""", "does not apply to the resource User::\"a\"")]
    [InlineData("User", "veiw", "Doc", """{"mfa": true}""", "the action Action::\"veiw\" is not declared; did you mean `Action::\"view\"`?")]
    [InlineData("User", "read", "Doc", "{}", "the types it applies to are none")]
    [InlineData("User", "view", "Doc", "{}", "context lacks the attribute \"mfa\"")]
    [InlineData("User", "view", "Doc", """{"mfa": 1}""", "context.mfa is a long, and should be of type Bool")]
    [InlineData("User", "view", "Doc", """{"mfa": true, "color": {"type": "Color", "id": "blue"}}""", "context.color is Color::\"blue\", and the ids of Color are")]
    public void A_request_that_does_not_conform_is_refused_with_its_fault(string principal, string action, string resource, string context, string message) =>
        Assert.Contains(message, Assert.Throws<CedarParseException>(() => Request.Parse(Asked(principal, action, resource, context), Documents)).Message);

    [Fact]
    public void Requests_and_entities_made_in_code_can_be_checked_as_well()
    {
        var (user, view, doc) = (EntityUid.Parse("User::\"a\""), EntityUid.Parse("Action::\"view\""), EntityUid.Parse("Doc::\"d\""));
        Assert.Contains("lacks the attribute \"mfa\"", Validator.FindFault(new Request(user, view, doc), Documents));
        Assert.Null(Validator.FindFault(new Request(user, view, doc, CedarValue.Record([KeyValuePair.Create<string, CedarValue>("mfa", true)])), Documents));
        Assert.Contains("lacks the attribute \"name\"", Validator.FindFault(new Entity(user), Documents));
        Assert.Null(Validator.FindFault(new Entity(view, parents: [EntityUid.Parse("Action::\"read\"")]), Documents));
        Assert.Contains("other groups", Validator.FindFault(new Entity(view, parents: [view]), Documents));
    }

    private static string User(string attributes, string parents, string tags) =>
        $$"""[{"uid": {"type": "User", "id": "a"}, "attrs": {{attributes}}, "parents": {{parents}}, "tags": {{tags}}}]""";

    private static string Asked(string principal, string action, string resource, string context) =>
        $$"""{"principal": {"type": "{{principal}}", "id": "a"}, "action": {"type": "Action", "id": "{{action}}"}, "resource": {"type": "{{resource}}", "id": "a"}, "context": {{context}}}""";
}
