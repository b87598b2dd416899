namespace RestateCloud.Cedar.Tests.Policies;

public sealed class PolicyPrinterTests
{
    [Fact]
    public void A_policy_prints_over_lines_with_no_more_parentheses_than_it_needs()
    {
        var policy = Policy.Parse("@a @b(\"x\\\"\") permit(principal is A in B::\"c\",action in [Action::\"v\"],resource) when{((context.n+1)*2)>-3&&(!(true)||(\"a\" like \"*\\*\"))} unless{context has a.b};");

        Assert.Equal(
            """
            @a
            @b("x\"")
            permit (
              principal is A in B::"c",
              action in [Action::"v"],
              resource
            )
            when { (context.n + 1) * 2 > -3 && (!true || "a" like "*\*") }
            unless { context has a.b };
            """.ReplaceLineEndings("\n"),
            policy.ToString());
    }

    [Theory]
    [InlineData("1 - (2 - 3) == 1 - 2 - 3")]
    [InlineData("(true || false) && true")]
    [InlineData("true && (true && true)")]
    [InlineData("-(1) == -1")]
    [InlineData("-(-1) == 1")]
    [InlineData("-(-(1)) == 1")]
    [InlineData("(-1).isEmpty()")]
    [InlineData("!(1 == 2)")]
    [InlineData("!!(!!(!true))")]
    [InlineData("(if true then 1 else 2) == 1")]
    [InlineData("if if true then true else false then 1 else if true then 2 else 3")]
    [InlineData("[if true then 1 else 2].contains(1)")]
    [InlineData("(1 == 2) == (3 < 4)")]
    [InlineData("(principal in resource) in action")]
    [InlineData("(principal has a) has b")]
    [InlineData("principal[\"if\"][\"a b\"].c[\"\"] has \"if\"")]
    [InlineData("{\"if\": 1, a: {}, \"\\u{1F600}\\0\": []} == {}")]
    [InlineData("\"\\n\\r\\t\\0\\\\\\\"'\\u{7f}\\u{200b}\\u{e000}é\" like \"\\*a**\\u{2a}\"")]
    [InlineData("principal is A::B in (if true then principal else action)")]
    [InlineData("ip(\"1.1.1.1\", 2).isInRange().lessThan(1, 2)")]
    [InlineData("-9223372036854775808 == 9223372036854775807")]
    [InlineData("(principal.getTag(\"a\") + 1).toDays()")]
    public void Parsing_what_was_printed_gives_the_same_policy(string condition)
    {
        var policy = Policy.Parse($"permit(principal, action, resource) when {{ {condition} }};");

        Assert.Equal(policy.ToJson(), Policy.Parse(policy.ToString()).ToJson());
        Assert.Equal(policy.ToJson(), Policy.ParseJson(policy.ToJson()).ToJson());
    }

    [Fact]
    public void A_path_of_names_that_are_no_identifiers_is_written_out()
    {
        var policy = Policy.ParseJson("""{"effect":"permit","principal":{"op":"All"},"action":{"op":"All"},"resource":{"op":"All"},"conditions":[{"kind":"when","body":{"==":{"left":{"has":{"left":{"Var":"context"},"attr":["a b","c"]}},"right":{"Value":true}}}}]}""");

        Assert.EndsWith("when { (context has \"a b\" && context[\"a b\"] has c) == true };", policy.ToString());
    }
}
