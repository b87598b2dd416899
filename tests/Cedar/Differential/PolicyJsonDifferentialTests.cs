using System.Text.Json;
using System.Text.Json.Nodes;
using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Differential;

/// <summary>The JSON policy format against the reference: what we write is what it writes, and what it refuses we refuse.</summary>
public sealed class PolicyJsonDifferentialTests(CedarWasm reference)
{
    private const int OrdinaryPolicies = 400;

    // No list of two strings: by an accident of its JSON library the reference takes one for an entity.
    private static readonly string[] OddValues =
    [
        "null", "1", "\"\"", "\"?principal\"", "\"context\"", "[]", "{}", "true", "\"==\"", "{\"Value\":1}", "{\"Var\":\"context\"}", "{\"Unknown\":1}", "[\"Wildcard\"]",
        "{\"Value\":{\"__entity\":{\"type\":\"A\",\"id\":\"\"}}}", "{\"Value\":[1,{\"a\":2}]}", "{\"Value\":null}", "{\"ip\":[]}", "{\"isIpv4\":[{\"Value\":1},{\"Value\":2}]}", "[{\"Literal\":\"ab*\"}]",
        "{\"type\":\"Action\",\"id\":\"x\"}", "{\"__entity\":{\"type\":\"App::Action\",\"id\":\"x\"}}", "\"User\"", "\"__cedar\"", "[\"a\",\"b c\",\"d\"]", "{\"Slot\":\"?principal\"}", "\"when\"",
    ];

    private static readonly string[] OddNames = ["left", "right", "attr", "arg", "in", "entity", "slot", "op", "==", "has", "Value", "more", "annotations", "isEmpty", "decimal", "if", "lessThan"];

    [Fact]
    public async Task A_policy_is_written_as_JSON_just_as_the_reference_writes_it()
    {
        await DifferentialRun.ForEachAsync(OrdinaryPolicies, async (choices, cancellation) =>
        {
            var (text, isTemplate) = new PolicyGenerator(choices).Policy();
            if (Read(() => Policy.Parse(text)) is not { } policy || policy.ToJson().Contains("\"attr\":[", StringComparison.Ordinal)) return null;
            var answer = await reference.AskAsync(isTemplate ? "templateToJson" : "policyToJson", JsonSerializer.Serialize(text), cancellation);
            if (answer is not { } known) return null;
            var expected = known.GetProperty("json").GetRawText();
            if (!JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(policy.ToJson()))) return $"{text}\nwe write {policy.ToJson()}\nthe reference {expected}";
            return JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(Policy.ParseJson(expected).ToJson())) ? null : $"{text}\nwe do not read what the reference wrote: {expected}";
        });
    }

    [Fact]
    public async Task A_policy_as_JSON_with_a_part_changed_is_read_or_refused_as_by_the_reference()
    {
        await DifferentialRun.ForEachAsync(OrdinaryPolicies, async (choices, cancellation) =>
        {
            var (text, isTemplate) = new PolicyGenerator(choices).Policy();
            if (Read(() => Policy.Parse(text)) is not { } policy) return null;
            var json = Change(JsonNode.Parse(policy.ToJson())!, choices).ToJsonString();
            var answer = await reference.AskAsync(isTemplate ? "templateToText" : "policyToText", json, cancellation);
            if (answer is not { } known) return null;
            var expected = known.GetProperty("type").GetString() == "success";
            var actual = Read(() => Policy.ParseJson(json));

            // Where the reference wants a template and is given none, it says so; here both are policies.
            if (actual is not null && actual.IsTemplate != isTemplate) actual = null;
            return actual is not null == expected ? null : $"the reference says {known}\nto {json}";
        });
    }

    private static Policy? Read(Func<Policy> read)
    {
        try
        {
            return read();
        }
        catch (CedarParseException)
        {
            return null;
        }
    }

    private static JsonNode Change(JsonNode root, Choices choices)
    {
        var nodes = Below(root).ToList();
        var node = nodes[choices.Below(nodes.Count)];
        switch (choices.Below(4))
        {
            case 0 when node.Parent is JsonObject parent:
                parent.Remove(node.GetPropertyName());
                break;
            case 1 when node is JsonObject target:
                target[choices.Of<string>(OddNames)] = JsonNode.Parse(choices.Of<string>(OddValues));
                break;
            case 2 when node.Parent is JsonObject parent:
                var name = node.GetPropertyName();
                parent.Remove(name);
                parent[choices.Of<string>(OddNames)] = node;
                break;
            default:
                node.ReplaceWith(JsonNode.Parse(choices.Of<string>(OddValues)));
                break;
        }

        return root;
    }

    private static IEnumerable<JsonNode> Below(JsonNode node)
    {
        var children = node switch
        {
            JsonObject record => record.Select(property => property.Value),
            JsonArray array => array,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(child => Below(child).Prepend(child));
    }
}
