using System.Text.Json;
using RestateCloud.Cedar.Json;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Schemas;

/// <summary>What all objects of the JSON syntax of schemas have in common: known fields only, annotations, null for nothing.</summary>
internal static class JsonFields
{
    /// <summary>Refuses an object with other fields than these, and what is no object.</summary>
    public static void Only(JsonElement json, JsonPath path, params ReadOnlySpan<string> known)
    {
        foreach (var property in JsonInput.Object(json, path).EnumerateObject())
            if (!known.Contains(property.Name))
                throw path.Error($"`{property.Name}` is no field here{Suggestion.For(property.Name, [.. known])}");
    }

    /// <summary>A field that may be left out or null.</summary>
    public static bool TryGet(JsonElement json, string name, out JsonElement value) =>
        json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Checks the annotations of an object, and says whether there are any.</summary>
    public static bool Annotations(JsonElement json, JsonPath path)
    {
        if (!json.TryGetProperty("annotations", out var annotations)) return false;
        var any = false;
        foreach (var (name, value, at) in JsonInput.Properties(annotations, path.Property("annotations")))
        {
            any = true;
            if (!Identifiers.IsWord(name)) throw at.Error($"`{name}` is no identifier");
            if (value.ValueKind != JsonValueKind.Null) JsonInput.Text(value, at);
        }

        return any;
    }
}
