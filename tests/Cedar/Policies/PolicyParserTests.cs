using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Policies;

namespace RestateCloud.Cedar.Tests.Policies;

public sealed class PolicyParserTests
{
    [Theory]
    [InlineData("permit(principal, action, resource);")]
    [InlineData("forbid(principal, action, resource,) when { true } unless { 1 == 2 };")]
    [InlineData("@id(\"a\") @if @permit(\"\\u{1F600}\") permit(principal == A::B::\"\", action in [Action::\"x\", N::Action::\"y\",], resource is F);")]
    [InlineData("permit(principal is A in A::\"x\", action == (Action::\"x\"), resource in ?resource);")]
    [InlineData("permit(principal in ?principal, action in ([(Action::\"x\")]), resource is R in (?resource));")]
    [InlineData("// a comment\npermit(principal,\r\n action, // another\n resource) when { [1,].contains(2) };// the end")]
    [InlineData("permit(principal, action, resource) when { -9223372036854775808 < - 1 && ----1 != 007 };")]
    [InlineData("permit(principal, action, resource) when { principal is A in resource || principal has a.b.c || {a: 1, \"b c\": {}}[\"b c\"] like \"*\\**\" };")]
    [InlineData("permit(principal, action, resource) when { ip(\"1\", 2).isInRange() && (if true then context else context).x };")]
    public void A_policy_of_the_language_parses(string text) => Assert.Single(PolicyParser.ParseAll(text));

    [Theory]
    [InlineData("permit(principal, action);", "`,` and the resource")]
    [InlineData("permit(principal, action, resource)", "`;`")]
    [InlineData("allow(principal, action, resource);", "`permit` or `forbid`")]
    [InlineData("permit(principal: User, action, resource);", "is Type")]
    [InlineData("permit(principal == ?resource, action, resource);", "?principal")]
    [InlineData("permit(principal, action == ?action, resource);", "an entity")]
    [InlineData("permit(principal, action == User::\"a\", resource);", "Action")]
    [InlineData("permit(principal, action is Action, resource);", "`is` cannot")]
    [InlineData("permit(principal in A::\"a\" is A, action, resource);", "scope")]
    [InlineData("@a @a permit(principal, action, resource);", "twice")]
    public void A_policy_outside_the_language_is_refused_with_its_reason(string text, string reason)
    {
        var error = Assert.Throws<CedarParseException>(() => PolicyParser.ParseAll(text));
        Assert.Contains(reason, error.Message);
        Assert.Equal(1, error.Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 < 2 < 3")]
    [InlineData("1 = 1")]
    [InlineData("1 / 1 == 1")]
    [InlineData("!-1")]
    [InlineData("!!!!!true")]
    [InlineData("9223372036854775808 == 1")]
    [InlineData("-(9223372036854775808) == 1")]
    [InlineData("-9223372036854775808.a")]
    [InlineData("-9223372036854775809 == 1")]
    [InlineData("principal.if")]
    [InlineData("principal.__cedar")]
    [InlineData("principal has (a)")]
    [InlineData("principal has \"a\".b")]
    [InlineData("principal[1]")]
    [InlineData("principal[(\"a\")]")]
    [InlineData("principal(1)")]
    [InlineData("principal is (A)")]
    [InlineData("unknown(1)")]
    [InlineData("contains(1)")]
    [InlineData("A::ip(\"1.1.1.1\")")]
    [InlineData("[1].unknown()")]
    [InlineData("[1].ip()")]
    [InlineData("[1].contains()")]
    [InlineData("[1].contains(1, 2)")]
    [InlineData("[,] == []")]
    [InlineData("{a: 1, \"a\": 2} == {}")]
    [InlineData("{true: 1} == {}")]
    [InlineData("{(\"a\"): 1} == {}")]
    [InlineData("\"a\" like (\"a\")")]
    [InlineData("\"a\" like principal")]
    [InlineData("\"\\q\" == \"\"")]
    [InlineData("\"\\x80\" == \"\"")]
    [InlineData("\"\\u{110000}\" == \"\"")]
    [InlineData("\"\\u{d800}\" == \"\"")]
    [InlineData("\"\\*\" == \"\"")]
    [InlineData("\"a\rb\" == \"\"")]
    [InlineData("\"a\\\nb\" == \"\"")]
    [InlineData("principal == ?principal")]
    [InlineData("__cedar::A::\"a\" == 1")]
    [InlineData("A::{id: 1} == 1")]
    [InlineData("foo == 1")]
    public void A_condition_outside_the_language_is_refused(string condition) =>
        Assert.Throws<CedarParseException>(() => PolicyParser.ParseAll($"permit(principal, action, resource) when {{ {condition} }};"));

    [Fact]
    public void An_error_shows_the_place()
    {
        var error = Assert.Throws<CedarParseException>(
            () => PolicyParser.ParseAll("permit(principal, action, resource)\nwhen { context.a = 1 };"));

        Assert.Equal(2, error.Line);
        Assert.Equal(18, error.Column);
        Assert.EndsWith("2 | when { context.a = 1 };\n  |                  ^", error.Message);
    }

    [Theory]
    [InlineData("(", "true", ")")]
    [InlineData("[", "", "]")]
    [InlineData("{a: ", "1", "}")]
    [InlineData("if ", "true", " then true else true")]
    [InlineData("true && ", "true", "")]
    [InlineData("", "context", ".a")]
    [InlineData("", "context", ".contains(1)")]
    [InlineData("!(", "true", ")")]
    public void Nesting_without_bound_is_refused(string open, string middle, string close)
    {
        const int depth = 100_000;
        var condition = string.Concat(Enumerable.Repeat(open, depth)) + middle + string.Concat(Enumerable.Repeat(close, depth));
        var error = Assert.Throws<CedarParseException>(
            () => PolicyParser.ParseAll($"permit(principal, action, resource) when {{ {condition} }};"));
        Assert.Contains("deep", error.Message);
    }

    [Fact]
    public void Operators_bind_as_in_the_reference()
    {
        var condition = Assert.Single(PolicyParser.ParseAll(
            "permit(principal, action, resource) when { 1 - 2 - 3 * 4 == -5 && true || false && true };")[0].Conditions).Body;

        var or = Assert.IsType<BinaryExpression>(condition);
        Assert.Equal(BinaryOperator.Or, or.Operator);
        var equal = Assert.IsType<BinaryExpression>(Assert.IsType<BinaryExpression>(or.Left).Left);
        var subtract = Assert.IsType<BinaryExpression>(equal.Left);
        Assert.Equal(BinaryOperator.Subtract, Assert.IsType<BinaryExpression>(subtract.Left).Operator);
        Assert.Equal(BinaryOperator.Multiply, Assert.IsType<BinaryExpression>(subtract.Right).Operator);
        Assert.Equal((CedarValue)(-5L), Assert.IsType<LiteralExpression>(equal.Right).Value);
    }
}
