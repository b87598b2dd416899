using System.Collections.Immutable;
using System.Text.Json;
using RestateCloud.Cedar.Policies;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Json;

/// <summary>Reads policies of the JSON policy format (EST).</summary>
internal static class PolicyJsonReader
{
    public static PolicyBody Read(string json)
    {
        using var document = JsonInput.Parse(json, PolicyJsonFormat.MaxDepth);
        return Read(document.RootElement, JsonPath.Root);
    }

    public static PolicyBody Read(JsonElement json, JsonPath path)
    {
        JsonInput.Only(json, path, "effect", "principal", "action", "resource", "conditions", "annotations");
        return new PolicyBody(
            Effect(JsonInput.Required(json, "effect", path), path.Property("effect")),
            ScopeJsonReader.Read(JsonInput.Required(json, "principal", path), path.Property("principal"), "principal"),
            ScopeJsonReader.Read(JsonInput.Required(json, "action", path), path.Property("action"), "action"),
            ScopeJsonReader.Read(JsonInput.Required(json, "resource", path), path.Property("resource"), "resource"),
            [.. JsonInput.Elements(JsonInput.Required(json, "conditions", path), path.Property("conditions")).Select(item => Condition(item.Value, item.Path))],
            json.TryGetProperty("annotations", out var annotations) ? Annotations(annotations, path.Property("annotations")) : [],
            SourceSpan.None);
    }

    private static Effect Effect(JsonElement json, JsonPath path) => JsonInput.Text(json, path) switch
    {
        "permit" => Cedar.Effect.Permit,
        "forbid" => Cedar.Effect.Forbid,
        _ => throw path.Error("the effect is permit or forbid"),
    };

    private static PolicyCondition Condition(JsonElement json, JsonPath path)
    {
        JsonInput.Only(json, path, "kind", "body");
        var kind = JsonInput.Text(JsonInput.Required(json, "kind", path), path.Property("kind"));
        if (kind is not ("when" or "unless")) throw path.Property("kind").Error("the kind is when or unless");
        return new PolicyCondition(kind == "unless", ExpressionJsonReader.Read(JsonInput.Required(json, "body", path), path.Property("body")));
    }

    private static ImmutableArray<KeyValuePair<string, string?>> Annotations(JsonElement json, JsonPath path)
    {
        var annotations = ImmutableArray.CreateBuilder<KeyValuePair<string, string?>>();
        foreach (var (name, value, at) in JsonInput.Properties(json, path))
        {
            if (!Identifiers.IsWord(name)) throw at.Error($"`{name}` cannot name an annotation");
            annotations.Add(KeyValuePair.Create(name, value.ValueKind == JsonValueKind.Null ? null : JsonInput.Text(value, at)));
        }

        return annotations.ToImmutable();
    }
}
