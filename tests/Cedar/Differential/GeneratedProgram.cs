using System.Text.Json;
using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Differential;

/// <summary>Policies, links, entities and a request, as text and JSON.</summary>
internal sealed record GeneratedProgram(
    IReadOnlyList<(string Text, bool IsTemplate)> Policies, string Links, string Entities, string Principal, string Action, string Resource, string Context)
{
    public static GeneratedProgram From(Choices choices)
    {
        var generator = new PolicyGenerator(choices);
        var data = new DataGenerator(choices);
        var policies = new List<(string, bool)> { generator.Policy() };
        policies.AddRange(choices.Some(4, generator.Policy));
        var (principal, action, resource) = (data.Uid(), data.Action(), data.Uid());
        var links = policies.Select((policy, i) => (policy, i)).Where(item => item.policy.Item2)
            .Select(item => Link(item.i, item.policy.Item1, choices, principal, resource, data));
        return new GeneratedProgram(policies, $"[{string.Join(",", links)}]", data.Entities(), principal, action, resource, data.Context());
    }

    /// <summary>All policies as one text, or null where there are templates: the reference takes those one by one.</summary>
    public string? Text => Policies.Any(policy => policy.IsTemplate) ? null : string.Concat(Policies.Select(policy => policy.Text));

    /// <summary>The policies as the reference takes them: one text, or a policy set in JSON with each policy as its text.</summary>
    public string PolicySet()
    {
        if (Text is { } text) return $"{{\"staticPolicies\":{JsonSerializer.Serialize(text)}}}";
        return $"{{\"staticPolicies\":{{{Map(false)}}},\"templates\":{{{Map(true)}}},\"templateLinks\":{Links}}}";

        string Map(bool templates) => string.Join(",", Policies.Select((policy, i) => (policy, i)).Where(item => item.policy.IsTemplate == templates)
            .Select(item => $"\"policy{item.i}\":{JsonSerializer.Serialize(item.policy.Text)}"));
    }

    /// <summary>The argument of the reference's <c>isAuthorized</c>.</summary>
    public string Call(string policySet) =>
        $"{{\"principal\":{Principal},\"action\":{Action},\"resource\":{Resource},\"context\":{Context},\"entities\":{Entities},\"policies\":{policySet}}}";

    public string Request() => $"{{\"principal\":{Principal},\"action\":{Action},\"resource\":{Resource},\"context\":{Context}}}";

    public override string ToString() =>
        $"{string.Join("\n", Policies.Select(policy => policy.Text))}\nlinks: {Links}\nentities: {Entities}\nrequest: {Request()}";

    private static string Link(int index, string text, Choices choices, string principal, string resource, DataGenerator data)
    {
        var values = new List<string>();
        if (text.Contains("?principal", StringComparison.Ordinal) != choices.Once(80)) values.Add($"\"?principal\":{(choices.Once(2) ? data.Uid() : principal)}");
        if (text.Contains("?resource", StringComparison.Ordinal) != choices.Once(80)) values.Add($"\"?resource\":{(choices.Once(2) ? data.Uid() : resource)}");
        return $"{{\"templateId\":\"policy{index}\",\"newId\":\"link{index}\",\"values\":{{{string.Join(",", values)}}}}}";
    }
}
