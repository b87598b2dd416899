using System.Text.Json;
using RestateCloud.Cedar.Json;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Schemas;

/// <summary>Reads types in the JSON syntax of schemas: <c>{"type": "Long"}</c>, <c>{"type": "Set", "element": …}</c> and so on.</summary>
internal static class TypeJsonReader
{
    /// <summary>Reads a type.</summary>
    /// <param name="json">The object.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="also">The fields of the object that do not belong to the type.</param>
    public static TypeSyntax Read(JsonElement json, JsonPath path, params ReadOnlySpan<string> also)
    {
        var type = JsonInput.Text(JsonInput.Required(json, "type", path), path.Property("type"), "the type's name");
        JsonFields.Only(json, path, ["type", .. FieldsOf(type), .. also]);
        return type switch
        {
            "String" => new ResolvedTypeSyntax(ScalarType.String, Place.At(path)),
            "Long" => new ResolvedTypeSyntax(ScalarType.Long, Place.At(path)),
            "Boolean" => new ResolvedTypeSyntax(BoolType.Any, Place.At(path)),
            "Set" => new SetTypeSyntax(Read(JsonInput.Required(json, "element", path), path.Property("element")), Place.At(path)),
            "Record" => Record(json, path),
            "Entity" => Named(json, path, NameUse.EntityType),
            "EntityOrCommon" => Named(json, path, NameUse.Either),
            "Extension" => Extension(json, path),
            _ => new NamedTypeSyntax(Name(json.GetProperty("type"), path.Property("type")).Text, NameUse.CommonType, Place.At(path)),
        };
    }

    /// <summary>A path of identifiers.</summary>
    public static NameSyntax Name(JsonElement json, JsonPath path)
    {
        var name = JsonInput.Text(json, path, "a name");
        foreach (var part in name.Split("::"))
            if (!Identifiers.IsWord(part) || Identifiers.IsReserved(part)) throw path.Error($"`{name}` is no name");
        return new NameSyntax(name, Place.At(path));
    }

    private static ReadOnlySpan<string> FieldsOf(string type) => type switch
    {
        "Set" => new[] { "element" },
        "Record" => new[] { "attributes", "additionalAttributes" },
        "Entity" or "EntityOrCommon" or "Extension" => new[] { "name" },
        _ => [],
    };

    private static NamedTypeSyntax Named(JsonElement json, JsonPath path, NameUse use)
    {
        var name = Name(JsonInput.Required(json, "name", path), path.Property("name"));
        return new NamedTypeSyntax(name.Text, use, name.Place);
    }

    private static ResolvedTypeSyntax Extension(JsonElement json, JsonPath path)
    {
        var name = JsonInput.Text(JsonInput.Required(json, "name", path), path.Property("name"), "the extension's name");
        var type = ScalarType.Extensions.FirstOrDefault(type => type.ToString() == name)
            ?? throw path.Error($"there is no extension type `{name}`{Suggestion.For(name, ScalarType.Extensions.Select(type => type.ToString()))}");
        return new ResolvedTypeSyntax(type, Place.At(path));
    }

    private static RecordTypeSyntax Record(JsonElement json, JsonPath path)
    {
        if (json.TryGetProperty("additionalAttributes", out var open) && open.ValueKind != JsonValueKind.False)
            throw path.Property("additionalAttributes").Error("records with attributes that are not declared are not supported");
        var attributes = JsonInput.Properties(JsonInput.Required(json, "attributes", path), path.Property("attributes"))
            .Select(item => Attribute(item.Name, item.Value, item.Path));
        return new RecordTypeSyntax([.. attributes], Place.At(path));
    }

    private static AttributeSyntax Attribute(string name, JsonElement json, JsonPath path)
    {
        JsonFields.Annotations(JsonInput.Object(json, path), path);
        var required = true;
        if (json.TryGetProperty("required", out var given))
            required = given.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw path.Property("required").Error($"expected true or false, found {JsonInput.Describe(given)}"),
            };
        return new AttributeSyntax(name, Read(json, path, "annotations", "required"), required);
    }
}
