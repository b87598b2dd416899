namespace RestateCloud.Cedar.Tests.Validation;

public sealed class ValidatorTests
{
    private const string Before = "permit(principal is User, action, resource) when { ";

    private static readonly Schema Photos = Schema.Parse("""
        type Address = { city: String, zip?: Long };
        entity Group in [Group];
        entity User in [Group] { name: String, age?: Long, address?: Address, ip?: ipaddr } tags String;
        entity Album in [Album];
        entity Photo in [Album] { owner: User, labels: Set<String>, taken: datetime, size: decimal };
        entity Color enum ["red", "green"];
        action read;
        action view, edit in [read] appliesTo { principal: [User], resource: [Photo, Album], context: { mfa: Bool, color?: Color } };
        """);

    [Theory]
    [InlineData("true")]
    [InlineData("principal has age && principal.age > 18")]
    [InlineData("principal has age && (!(principal.age > 18) || principal has address.zip && principal.address.zip == 1)")]
    [InlineData("if principal has age then principal.age == 1 else false")]
    [InlineData("principal.hasTag(\"a\") && principal.getTag(\"a\") == \"b\"")]
    [InlineData("resource is Photo && resource.owner == principal && resource.labels.contains(\"a\")")]
    [InlineData("resource is Photo && resource.taken > datetime(\"2024-10-15\") && resource.size.lessThan(decimal(\"1.5\"))")]
    [InlineData("principal has ip && principal.ip.isInRange(ip(\"10.0.0.0/8\"))")]
    [InlineData("action in [Action::\"read\"] && context has color && context.color != Color::\"red\"")]
    [InlineData("{a: 1}.a == 1 && [1, 2].containsAny([3])")]
    [InlineData("false && principal.nothing")]
    public void A_condition_that_can_be_evaluated_is_valid(string condition) => Assert.Empty(Validate(condition).Errors);

    [Theory]
    [InlineData("principal.nam == \"a\"", 0, "the entity type User has no attribute `nam`; did you mean `name`?")]
    [InlineData("principal.age > 18", 0, "the attribute `age` of the entity type User is optional and may be absent here; ask for it first: `principal has age && …`")]
    [InlineData("principal has age || principal.age > 18", 21, "optional")]
    [InlineData("context.mfaa", 0, "the context of this action has no attribute `mfaa`; did you mean `mfa`?")]
    [InlineData("principal.name == 1", 0, "values of different types are never equal: a string and a long")]
    [InlineData("{a: 1} == {b: 1}", 0, "`a` is in one only")]
    [InlineData("resource in Albun::\"a\"", 12, "the entity type `Albun` is not declared; did you mean `Album`?")]
    [InlineData("action == Action::\"vieww\"", 10, "the action Action::\"vieww\" is not declared; did you mean `Action::\"view\"`?")]
    [InlineData("context has color && context.color == Color::\"blue\"", 38, "there is no Color::\"blue\"; the ids of Color are \"red\", \"green\"")]
    [InlineData("principal.name + 1 == 2", 0, "expected a long, found a string; strings cannot be joined")]
    [InlineData("principal like \"a*\"", 0, "expected a string, found an entity of type User; the type of an entity is asked for with `is`")]
    [InlineData("decimal(\"1.5\") < decimal(\"2.5\")", 0, "decimals are compared with `lessThan`")]
    [InlineData("ip(\"10.0.0.256\").isIpv4()", 0, "\"10.0.0.256\" is no ipaddr")]
    [InlineData("ip(principal.name).isIpv4()", 0, "`ip` takes a string written out here")]
    [InlineData("[] == [1]", 0, "the type of an empty set cannot be known")]
    [InlineData("[1, \"a\"].contains(1)", 0, "the elements of a set have one type; these are a long and a string")]
    [InlineData("principal.getTag(\"a\") == \"b\"", 0, "ask for it first: `principal.hasTag(\"a\") && …`")]
    [InlineData("(if true then 1 else 2) && true", 1, "expected a boolean, found a long")]
    [InlineData("(if context.mfa then 1 else \"a\") == 1", 1, "the branches of `if` have different types: a long and a string")]
    public void A_fault_is_reported_at_its_place_with_advice(string condition, int offset, string message)
    {
        var error = Assert.Single(Validate(condition).Errors);
        Assert.Contains(message, error.ToString());
        Assert.Equal((1, Before.Length + offset + 1), (error.Line, error.Column));
        Assert.Equal("policy0", error.PolicyId);
    }

    [Fact]
    public void A_finding_shows_the_line_with_the_fault_marked()
    {
        var policies = PolicySet.Parse("permit(principal, action, resource)\nwhen { principal.nam == \"a\" };");
        var error = Assert.Single(Validator.Validate(policies, Photos, Cancellation).Errors);
        Assert.Equal(
            """
            policy0, line 2, column 8: the entity type User has no attribute `nam`; did you mean `name`?
            2 | when { principal.nam == "a" };
              |        ^^^^^^^^^^^^^
            """, error.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void All_faults_of_a_policy_are_reported_at_once()
    {
        var result = Validate("principal.nam == \"a\" || context.nothing == Nobody::\"a\"");
        Assert.Equal(3, result.Errors.Length);
        Assert.False(result.IsValid);
    }

    [Theory]
    [InlineData("permit(principal == Photo::\"a\", action, resource);", "no declared action applies")]
    [InlineData("permit(principal == Group::\"a\", action == Action::\"view\", resource);", "did you mean `in` rather than `==` for the principal?")]
    [InlineData("permit(principal, action == Action::\"read\", resource);", "no declared action applies")]
    [InlineData("permit(principal is Usr, action, resource);", "the entity type `Usr` is not declared; did you mean `User`?")]
    [InlineData("permit(principal, action in [], resource);", "no declared action applies")]
    [InlineData("permit(principal, action, resource == App::Photo::\"a\");", "did you mean `Photo`?")]
    public void A_scope_that_matches_nothing_is_an_error(string policy, string message) =>
        Assert.Contains(message, Assert.Single(Validator.Validate(PolicySet.Parse(policy), Photos, Cancellation).Errors).ToString());

    [Theory]
    [InlineData("principal is Photo")]
    [InlineData("action in Action::\"edit\" && action == Action::\"view\"")]
    [InlineData("1 == 2")]
    public void A_policy_that_applies_to_no_request_is_a_warning(string condition)
    {
        var result = Validate(condition);
        Assert.True(result.IsValid);
        Assert.Contains("applies to no request", Assert.Single(result.Warnings).Message);
    }

    [Fact]
    public void A_template_is_checked_for_all_its_slots_may_stand_for_and_a_link_for_what_they_do()
    {
        var policies = PolicySet.Parse("permit(principal in ?principal, action == Action::\"view\", resource) when { principal.nothing };")
            .WithLink("policy0", "good", principal: EntityUid.Parse("Group::\"a\""))
            .WithLink("policy0", "unknown", principal: EntityUid.Parse("Nobody::\"a\""))
            .WithLink("policy0", "never", principal: EntityUid.Parse("Photo::\"a\""));
        Assert.Equal(["policy0", "unknown", "never"], Validator.Validate(policies, Photos, Cancellation).Errors.Select(error => error.PolicyId));
    }

    [Fact]
    public void A_policy_read_from_JSON_is_checked_without_a_place()
    {
        var policy = Policy.ParseJson(Policy.Parse("permit(principal, action, resource) when { principal.nam == \"a\" };").ToJson());
        var error = Assert.Single(Validator.Validate(PolicySet.Of(policy), Photos, Cancellation).Errors);
        Assert.Null(error.Line);
        Assert.Equal("policy0: the entity type User has no attribute `nam`; did you mean `name`?", error.ToString());
    }

    [Fact]
    public void Nested_tests_of_types_are_checked_once_each_and_not_twice_at_every_level()
    {
        var condition = string.Concat(Enumerable.Repeat("(", 200)) + "principal" + string.Concat(Enumerable.Repeat(" is User in principal)", 200));
        Assert.NotEmpty(Validate(condition).Errors);
        condition = string.Concat(Enumerable.Repeat("(", 200)) + "context" + string.Concat(Enumerable.Repeat(" has mfa.a.b.c)", 200));
        Assert.NotEmpty(Validate(condition).Errors);
    }

    [Theory]
    [InlineData("if true then ", "true", " else false")]
    [InlineData("(true && ", "true", ")")]
    [InlineData("principal has age && (", "principal.age == 1", ")")]
    [InlineData("[[1]].contains(", "[1]", ")")]
    [InlineData("(context == {mfa: ", "true", "})")]
    [InlineData("(principal in [", "principal", "])")]
    public void The_deepest_conditions_that_parse_fit_on_the_smallest_stack(string before, string inner, string after)
    {
        var thread = new Thread(() => Validate(Deepest(before, inner, after)), maxStackSize: 1_500_000);
        thread.Start();
        thread.Join();

        static string Deepest(string before, string inner, string after)
        {
            for (var levels = 1_000; ; levels -= 10)
            {
                var condition = string.Concat(Enumerable.Repeat(before, levels)) + inner + string.Concat(Enumerable.Repeat(after, levels));
                try
                {
                    PolicySet.Parse($"{Before}{condition} }};");
                    return condition;
                }
                catch (CedarParseException)
                {
                    continue;
                }
            }
        }
    }

    [Fact]
    public void Of_a_policy_that_is_faulty_throughout_a_hundred_errors_are_reported() =>
        Assert.Equal(100, Validate($"[{string.Join(", ", Enumerable.Range(0, 10_000).Select(i => $"principal.a{i}"))}].isEmpty()").Errors.Length);

    [Fact]
    public void A_check_can_be_ended_early() => Assert.Throws<OperationCanceledException>(
        () => Validator.Validate(PolicySet.Parse("permit(principal, action, resource);"), Photos, new CancellationToken(canceled: true)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ValidationResult Validate(string condition) =>
        Validator.Validate(PolicySet.Parse($"{Before}{condition} }};"), Photos, Cancellation);
}
