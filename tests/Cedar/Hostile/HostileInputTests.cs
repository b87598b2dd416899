using System.Text;

namespace RestateCloud.Cedar.Tests.Hostile;

/// <summary>Input made to do harm gets an error or an answer, and neither takes long nor ends the process.</summary>
public sealed class HostileInputTests
{
    private const int SmallStack = 1_500 * 1024;

    private static readonly Request Request = new(new EntityUid("U", "u"), new EntityUid("Action", "a"), new EntityUid("R", "r"));

    public static TheoryData<string, string, string, int> Nestings => new()
    {
        { "(", "true", ")", 300 },
        { "[", "1", "]", 300 },
        { "{a: ", "1", "}", 300 },
        { "!(", "true", ")", 300 },
        { "-(", "1", ")", 300 },
        { "if true then ", "1", " else 1", 300 },
        { "if ", "true", " then true else true", 300 },
        { "true && ", "true", "", 300 },
        { "true && (", "true", ")", 300 },
        { "1 + ", "1", "", 300 },
        { "", "context", ".a", 300 },
        { "", "[1]", ".contains(1)", 300 },
        { "[1].contains(", "1", ")", 300 },
        { "ip(", "1", ")", 300 },
        { "principal in ", "principal", "", 1 },
        { "(", "context", " has a.b)", 300 },
    };

    [Theory]
    [MemberData(nameof(Nestings))]
    public void The_deepest_expression_accepted_goes_through_everything_on_a_small_stack(string open, string middle, string close, int least)
    {
        OnSmallStack(() =>
        {
            // Halving: what is accepted at one depth is at all below it.
            var (accepted, refused) = (0, 2_000);
            while (refused - accepted > 1)
            {
                var depth = (accepted + refused) / 2;
                if (IsAccepted(Nested(open, middle, close, depth))) accepted = depth;
                else refused = depth;
            }

            var policy = Policy.Parse(Nested(open, middle, close, accepted));
            Assert.InRange(accepted, least, 1_000);
            Assert.Equal(policy.ToJson(), Policy.ParseJson(policy.ToJson()).ToJson());
            Assert.NotEmpty(policy.ToString());
            Authorizer.Authorize(Request, Entities.None, PolicySet.Of(policy));
        });

        static bool IsAccepted(string text)
        {
            try
            {
                Policy.Parse(text);
                return true;
            }
            catch (CedarParseException)
            {
                return false;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Nestings))]
    public void Nesting_without_bound_is_an_error_on_a_small_stack(string open, string middle, string close, int least) =>
        OnSmallStack(() => Assert.Throws<CedarParseException>(() => Policy.Parse(Nested(open, middle, close, 100_000 + least))));

    [Fact]
    public void A_policy_text_of_ten_megabytes_is_read_and_decides()
    {
        var text = new StringBuilder();
        while (text.Length < 10_000_000)
            text.Append($"permit(principal == U::\"{text.Length}\", action, resource) when {{ context.name == \"\\u{{1F600}} and so on\" }};\n");

        var policies = PolicySet.Parse(text.Append("permit(principal == U::\"u\", action, resource);").ToString());

        Assert.True(Authorizer.IsAllowed(Request, Entities.None, policies));
    }

    [Fact]
    public void One_string_number_or_set_of_ten_megabytes_is_read_or_refused()
    {
        var digits = new string('9', 10_000_000);
        var text = new string('x', 10_000_000);
        var set = string.Join(",", Enumerable.Range(0, 1_000_000));

        Assert.Throws<CedarParseException>(() => When($"{digits} == 1"));
        Assert.True(Allowed(When($"!(\"{text}\" like \"*x*x*x*y*\") && \"{text}\" like \"*x*x*\"")));
        Assert.True(Allowed(When($"[{set}].contains(999999)")));
        Assert.False(Allowed(When($"decimal(\"{digits}.0\") == decimal(\"1.0\")")));
        Assert.False(Allowed(When($"duration(\"{digits}d\") == duration(\"1d\")")));
        Assert.False(Allowed(When($"ip(\"{digits}\") == ip(\"::1\")")));
    }

    [Fact]
    public void A_hundred_thousand_annotations_fields_or_actions_take_no_quadratic_time()
    {
        var annotations = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"@a{i} "));
        var fields = string.Join(",", Enumerable.Range(0, 100_000).Select(i => $"a{i}: {i}"));
        var actions = string.Join(",", Enumerable.Range(0, 100_000).Select(i => $"Action::\"b{i}\""));

        Assert.Equal(100_000, Policy.Parse($"{annotations} permit(principal, action, resource);").Annotations.Count);
        Assert.True(Allowed(When($"{{{fields}}}.a99999 == 99999")));
        Assert.False(Allowed(PolicySet.Parse($"permit(principal, action in [{actions}], resource);")));
    }

    [Fact]
    public void A_message_stays_short_however_long_the_value_at_fault()
    {
        var policies = When($"decimal(\"{new string('9', 1_000_000)}\") == 1");

        Assert.InRange(Assert.Single(Authorizer.Authorize(Request, Entities.None, policies).Errors).Message.Length, 1, 2_100);
        Assert.InRange(Assert.Throws<CedarParseException>(() => Request.ParseContext($"{{\"a\":{new string('9', 1_000_000)}}}")).Message.Length, 1, 2_100);
        Assert.InRange(Assert.Throws<CedarParseException>(() => When($"{new string('x', 1_000_000)} == 1")).Message.Length, 1, 3_000);
    }

    [Fact]
    public void Patterns_of_many_wildcards_take_time_linear_in_the_text()
    {
        var text = new string('a', 100_000);
        var pattern = string.Concat(Enumerable.Repeat("*a", 1_000)) + "*b";

        Assert.False(Allowed(When($"\"{text}\" like \"{pattern}\"")));
    }

    [Fact]
    public void Random_bytes_are_refused_by_every_parser()
    {
        var random = new Random(7);
        var bytes = new byte[200];
        for (var round = 0; round < 2_000; round++)
        {
            random.NextBytes(bytes);
            var text = Encoding.Latin1.GetString(bytes, 0, random.Next(1, bytes.Length));
            Assert.Throws<CedarParseException>(() => Policy.Parse(text));
            Assert.Throws<CedarParseException>(() => Policy.ParseJson(text));
            Assert.Throws<CedarParseException>(() => Entities.Parse(text));
            Assert.Throws<CedarParseException>(() => Request.Parse(text));
        }
    }

    [Fact]
    public void Policies_with_a_few_characters_changed_are_read_or_refused_and_never_anything_else()
    {
        const string sound = "@id(\"a\\u{41}\") permit(principal is A in A::\"x\", action in [Action::\"v\"], resource) when { context.a[\"b\"] has c.d && -1 < ip(\"::1\") || [1, {a: 2}].contains(if true then \"a\" like \"*\\*\" else 1) };";
        const string letters = "(){}[].,;:<>=!&|+-*/%@?\"\\ \n\r\0éAa0_";
        var random = new Random(11);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder(sound);
            for (var changes = random.Next(1, 4); changes > 0; changes--) text[random.Next(text.Length)] = letters[random.Next(letters.Length)];
            try
            {
                var policy = Policy.Parse(text.ToString());
                Assert.Equal(policy.ToJson(), Policy.Parse(policy.ToString()).ToJson());
            }
            catch (CedarParseException)
            {
            }
        }
    }

    [Fact]
    public void Deep_JSON_is_refused_or_read_on_a_small_stack()
    {
        OnSmallStack(() =>
        {
            Assert.Throws<CedarParseException>(() => Request.ParseContext(JsonNested(100_000)));
            var deep = Request.ParseContext(JsonNested(500));
            Assert.Equal(deep, Request.ParseContext(JsonNested(500)));
            Assert.NotEmpty(deep.ToString());
            var expression = string.Concat(Enumerable.Repeat("{\"!\":{\"arg\":", 100_000));
            Assert.Throws<CedarParseException>(() => Policy.ParseJson(
                $"{{\"effect\":\"permit\",\"principal\":{{\"op\":\"All\"}},\"action\":{{\"op\":\"All\"}},\"resource\":{{\"op\":\"All\"}},\"conditions\":[{{\"kind\":\"when\",\"body\":{expression}"));
        });

        static string JsonNested(int depth) => $"{{\"a\":{new string('[', depth)}{new string(']', depth)}}}";
    }

    [Fact]
    public void A_long_chain_of_parents_is_read_without_recursion_and_a_quadratic_one_is_refused()
    {
        Assert.Equal(2_000, Entities.Of(Chain(2_000)).Count);
        Assert.Throws<ArgumentException>(() => Entities.Of(Chain(100_000)));

        static IEnumerable<Entity> Chain(int length) =>
            Enumerable.Range(0, length).Select(i => new Entity(new EntityUid("G", $"{i}"), parents: [new EntityUid("G", $"{i + 1}")]));
    }

    private static string Nested(string open, string middle, string close, int depth) =>
        $"permit(principal, action, resource) when {{ {string.Concat(Enumerable.Repeat(open, depth))}{middle}{string.Concat(Enumerable.Repeat(close, depth))} }};";

    private static PolicySet When(string condition) => PolicySet.Parse($"permit(principal, action, resource) when {{ {condition} }};");

    private static bool Allowed(PolicySet policies) => Authorizer.IsAllowed(Request, Entities.None, policies);

    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action), SmallStack);
        thread.Start();
        thread.Join();
        if (failure is not null) throw failure;
    }
}
