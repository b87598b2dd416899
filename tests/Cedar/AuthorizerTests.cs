namespace RestateCloud.Cedar.Tests;

public sealed class AuthorizerTests
{
    private static readonly EntityUid Alice = new("User", "alice");
    private static readonly EntityUid Staff = new("Group", "staff");
    private static readonly EntityUid View = new("Action", "view");
    private static readonly EntityUid Photo = new("Photo", "1");

    private static readonly Request Request = new(Alice, View, Photo);

    [Fact]
    public void Without_a_permit_a_request_is_denied_and_nothing_is_the_reason()
    {
        var response = Authorizer.Authorize(Request, Entities.None, PolicySet.Empty);

        Assert.Equal(Decision.Deny, response.Decision);
        Assert.Empty(response.Reasons);
        Assert.Empty(response.Errors);
    }

    [Fact]
    public void A_forbid_wins_over_any_number_of_permits_and_is_the_only_reason()
    {
        var response = Authorize("permit(principal, action, resource); forbid(principal, action, resource); permit(principal, action, resource);");

        Assert.Equal(Decision.Deny, response.Decision);
        Assert.Equal(["policy1"], response.Reasons);
    }

    [Fact]
    public void All_satisfied_permits_are_reasons_in_the_order_of_the_set()
    {
        var response = Authorize(
            "permit(principal is User, action, resource); permit(principal, action, resource); permit(principal == User::\"bob\", action, resource); permit(principal, action == Action::\"view\", resource);");

        Assert.Equal(Decision.Allow, response.Decision);
        Assert.Equal(["policy0", "policy1", "policy3"], response.Reasons);
    }

    [Fact]
    public void A_policy_that_fails_is_skipped_and_reported_even_a_forbid()
    {
        var response = Authorize("permit(principal, action, resource); forbid(principal, action, resource) when { context.missing };");

        Assert.Equal(Decision.Allow, response.Decision);
        Assert.Equal(["policy0"], response.Reasons);
        var error = Assert.Single(response.Errors);
        Assert.Equal("policy1", error.PolicyId);
        Assert.Equal("policy1: {} has no attribute `missing`", error.Message);
    }

    [Theory]
    [InlineData("principal.name", "the entity User::\"alice\" is not known")]
    [InlineData("1", "expected a boolean, found a long: 1")]
    [InlineData("1 < true", "expected a long, found a boolean: true")]
    [InlineData("decimal(\"1.0\") < decimal(\"2.0\")", "a decimal cannot stand here: decimal(\"1.0000\")")]
    [InlineData("9223372036854775807 + 1 == 0", "the result does not fit into 64 bits")]
    [InlineData("ip(\"1.2.3\") == 1", "\"1.2.3\" is no ipaddr: an address is IPv4")]
    [InlineData("ip() == 1", "`ip` takes 1 arguments, not 0")]
    [InlineData("datetime(\"9999-12-31\").offset(duration(\"9223372036854775807ms\")) == 1", "the result of `offset` is out of range")]
    public void The_message_of_a_failure_says_what_was_wrong(string condition, string message)
    {
        var response = Authorize($"permit(principal, action, resource) when {{ {condition} }};");

        Assert.Contains(message, Assert.Single(response.Errors).Message);
    }

    [Fact]
    public void A_template_takes_part_only_through_its_links()
    {
        var template = PolicySet.Parse("permit(principal in ?principal, action, resource == ?resource);");
        Assert.Equal(Decision.Deny, Authorizer.Authorize(Request, Entities.None, template).Decision);

        var linked = template.WithLink("policy0", "alice's photo", Alice, Photo).WithLink("policy0", "other", Alice, new EntityUid("Photo", "2"));
        Assert.Equal(["alice's photo"], Authorizer.Authorize(Request, Entities.None, linked).Reasons);
    }

    [Fact]
    public void A_link_needs_an_entity_for_every_slot_and_for_no_other()
    {
        var set = PolicySet.Parse("permit(principal == ?principal, action, resource);");

        Assert.Throws<ArgumentException>(() => set.WithLink("policy0", "new"));
        Assert.Throws<ArgumentException>(() => set.WithLink("policy0", "new", Alice, Photo));
        Assert.Throws<ArgumentException>(() => set.WithLink("policy1", "new", Alice));
        Assert.Throws<ArgumentException>(() => set.WithLink("policy0", "policy0", Alice));
    }

    [Fact]
    public void In_follows_the_hierarchy_to_any_depth()
    {
        var entities = Entities.Of([
            new Entity(Alice, parents: [Staff]),
            new Entity(Staff, parents: [new EntityUid("Group", "all")]),
            new Entity(new EntityUid("Group", "all"), parents: [new EntityUid("Group", "world")])]);

        Assert.True(Authorizer.IsAllowed(Request, entities, PolicySet.Parse("permit(principal in Group::\"world\", action, resource);")));
        Assert.False(Authorizer.IsAllowed(Request, entities, PolicySet.Parse("permit(principal in Group::\"other\", action, resource);")));
    }

    [Fact]
    public void A_policy_for_several_actions_counts_once_even_if_the_action_is_in_all_of_them()
    {
        var entities = Entities.Of([new Entity(View, parents: [new EntityUid("Action", "read"), new EntityUid("Action", "any")])]);
        var policies = PolicySet.Parse("permit(principal, action in [Action::\"any\", Action::\"read\", Action::\"view\"], resource);");

        Assert.Equal(["policy0"], Authorizer.Authorize(Request, entities, policies).Reasons);
    }

    [Fact]
    public void One_set_serves_many_threads_from_its_first_decision_on()
    {
        var policies = PolicySet.Parse(string.Concat(Enumerable.Range(0, 100).Select(i => $"permit(principal == User::\"u{i}\", action, resource) when {{ context.n == {i} }};")));

        Parallel.For(0, 1_000, i =>
        {
            var user = new EntityUid("User", $"u{i % 100}");
            var context = CedarValue.Record([KeyValuePair.Create("n", (CedarValue)(long)(i % 100))]);
            Assert.Equal([$"policy{i % 100}"], Authorizer.Authorize(new Request(user, View, Photo, context), Entities.None, policies).Reasons);
        });
    }

    private static Response Authorize(string policies) => Authorizer.Authorize(Request, Entities.None, PolicySet.Parse(policies));
}
