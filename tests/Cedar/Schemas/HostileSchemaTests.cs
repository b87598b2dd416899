using System.Text;

namespace RestateCloud.Cedar.Tests.Schemas;

/// <summary>Schemas made to take all time, memory or stack: each is refused, or read, in the time of an ordinary test.</summary>
public sealed class HostileSchemaTests
{
    [Fact]
    public void Deep_types_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("Set<", 100_000));
        Assert.Contains("deeper than 256", Refusal($"type T = {deep}Long;"));
        Assert.Contains("deeper than 256", Refusal($"entity A {string.Concat(Enumerable.Repeat("{ a: ", 100_000))}"));
        var json = string.Concat(Enumerable.Repeat("{\"type\":\"Set\",\"element\":", 100_000));
        Assert.Throws<CedarParseException>(() => Schema.ParseJson($"{{\"\":{{\"commonTypes\":{{\"T\":{json}"));
    }

    [Fact]
    public void A_long_chain_of_common_types_is_refused()
    {
        var text = new StringBuilder("type T0 = Long;");
        for (var i = 1; i <= 50_000; i++) text.Append($"type T{i} = T{i - 1};");
        Schema.Parse(text.ToString());

        text = new StringBuilder("type T50000 = Long;");
        for (var i = 0; i < 50_000; i++) text.Append($"type T{i} = T{i + 1};");
        Assert.Contains("deeper than 256", Refusal(text.ToString()));
    }

    [Fact]
    public void Common_types_that_double_at_every_step_are_refused()
    {
        var text = new StringBuilder("type T0 = Long;");
        for (var i = 1; i <= 60; i++) text.Append($"type T{i} = {{ a: T{i - 1}, b: T{i - 1} }};");
        Assert.Contains("more than 100000 parts", Refusal(text.ToString()));
    }

    [Fact]
    public void A_hierarchy_with_the_square_of_its_names_is_refused()
    {
        var names = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"E{i}"));
        Assert.Contains("hierarchy", Refusal($"entity {names} in [{names}];"));
    }

    [Fact]
    public void Actions_that_apply_to_all_pairs_of_many_types_are_refused()
    {
        var names = string.Join(',', Enumerable.Range(0, 2_000).Select(i => $"E{i}"));
        Assert.Contains("combinations", Refusal($"entity {names}; action a appliesTo {{ principal: [{names}], resource: [{names}] }};"));
    }

    [Fact]
    public void A_schema_that_is_too_long_is_refused() =>
        Assert.Contains("at most 10000000 characters", Refusal(new string(' ', 10_000_001)));

    [Fact]
    public void Random_text_is_refused_with_an_error_and_nothing_else()
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => (char)random.Next(i % 2 == 0 ? 128 : 65_536))]);
            if (string.IsNullOrWhiteSpace(text)) continue;
            Assert.Throws<CedarParseException>(() => Schema.Parse($"entity {text}"));
            Assert.Throws<CedarParseException>(() => Schema.ParseJson(text));
        }
    }

    private static string Refusal(string text) => Assert.Throws<CedarParseException>(() => Schema.Parse(text)).Message;
}
