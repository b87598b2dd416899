using System.Collections.Immutable;
using System.Text.Json;
using RestateCloud.Cedar.Json;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Schemas;

/// <summary>Reads the JSON syntax of schemas into declarations.</summary>
internal static class SchemaJsonReader
{
    public static ImmutableArray<NamespaceDeclaration> Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > SchemaParser.MaxLength)
            throw new CedarParseException($"a schema has at most {SchemaParser.MaxLength} characters; this one has {json.Length}");
        using var document = JsonInput.Parse(json);
        return [.. JsonInput.Properties(document.RootElement, JsonPath.Root).Select(item => Namespace(item.Name, item.Value, item.Path))];
    }

    private static NamespaceDeclaration Namespace(string name, JsonElement json, JsonPath path)
    {
        if (name.Length > 0 && !Identifiers.IsName(name)) throw path.Error($"`{name}` is no namespace");
        JsonFields.Only(json, path, "commonTypes", "entityTypes", "actions", "annotations");
        if (JsonFields.Annotations(json, path) && name.Length == 0) throw path.Error("the empty namespace has no annotations");
        return new NamespaceDeclaration(
            name.Length == 0 ? null : name,
            json.TryGetProperty("commonTypes", out var types) ? Each(types, path.Property("commonTypes"), CommonType) : [],
            Each(JsonInput.Required(json, "entityTypes", path), path.Property("entityTypes"), EntityType),
            Each(JsonInput.Required(json, "actions", path), path.Property("actions"), Action));
    }

    private static ImmutableArray<T> Each<T>(JsonElement json, JsonPath path, Func<NameSyntax, JsonElement, JsonPath, T> read) =>
        [.. JsonInput.Properties(json, path).Select(item => read(new NameSyntax(item.Name, Place.At(item.Path)), item.Value, item.Path))];

    private static CommonTypeDeclaration CommonType(NameSyntax name, JsonElement json, JsonPath path)
    {
        JsonFields.Annotations(JsonInput.Object(json, path), path);
        return new CommonTypeDeclaration(Identifier(name), TypeJsonReader.Read(json, path, "annotations"));
    }

    private static EntityTypeDeclaration EntityType(NameSyntax name, JsonElement json, JsonPath path)
    {
        JsonFields.Only(json, path, "memberOfTypes", "shape", "tags", "enum", "annotations");
        JsonFields.Annotations(json, path);
        ImmutableArray<NameSyntax> names = [Identifier(name)];
        if (json.TryGetProperty("enum", out var ids))
        {
            JsonFields.Only(json, path, "enum", "annotations");
            return new EntityTypeDeclaration(names, [], null, null, Ids(ids, path.Property("enum")));
        }

        return new EntityTypeDeclaration(
            names,
            json.TryGetProperty("memberOfTypes", out var parents) ? Names(parents, path.Property("memberOfTypes")) : [],
            json.TryGetProperty("shape", out var shape) ? TypeJsonReader.Read(shape, path.Property("shape")) : null,
            json.TryGetProperty("tags", out var tags) ? TypeJsonReader.Read(tags, path.Property("tags")) : null,
            null);
    }

    private static ImmutableArray<string> Ids(JsonElement json, JsonPath path)
    {
        var ids = JsonInput.Elements(json, path).Select(id => JsonInput.Text(id.Value, id.Path, "an id")).ToImmutableArray();
        return ids.IsEmpty ? throw path.Error("an enumerated entity type has at least one id") : ids;
    }

    private static ActionDeclaration Action(NameSyntax name, JsonElement json, JsonPath path)
    {
        JsonFields.Only(json, path, "attributes", "appliesTo", "memberOf", "annotations");
        JsonFields.Annotations(json, path);
        if (JsonFields.TryGet(json, "attributes", out _)) throw path.Property("attributes").Error("actions have no attributes");
        return new ActionDeclaration(
            [name],
            JsonFields.TryGet(json, "memberOf", out var parents)
                ? [.. JsonInput.Elements(parents, path.Property("memberOf")).Select(parent => Reference(parent.Value, parent.Path))]
                : [],
            JsonFields.TryGet(json, "appliesTo", out var appliesTo) ? AppliesTo(appliesTo, path.Property("appliesTo")) : null);
    }

    private static ActionReference Reference(JsonElement json, JsonPath path)
    {
        JsonFields.Only(json, path, "id", "type");
        var id = JsonInput.Text(JsonInput.Required(json, "id", path), path.Property("id"), "an id");
        var type = JsonFields.TryGet(json, "type", out var given) ? TypeJsonReader.Name(given, path.Property("type")).Text : null;
        return new ActionReference(type, id, Place.At(path));
    }

    private static AppliesToDeclaration AppliesTo(JsonElement json, JsonPath path)
    {
        JsonFields.Only(json, path, "principalTypes", "resourceTypes", "context");
        return new AppliesToDeclaration(
            Names(JsonInput.Required(json, "principalTypes", path), path.Property("principalTypes")),
            Names(JsonInput.Required(json, "resourceTypes", path), path.Property("resourceTypes")),
            json.TryGetProperty("context", out var context) ? TypeJsonReader.Read(context, path.Property("context")) : null);
    }

    private static ImmutableArray<NameSyntax> Names(JsonElement json, JsonPath path) =>
        [.. JsonInput.Elements(json, path).Select(name => TypeJsonReader.Name(name.Value, name.Path))];

    private static NameSyntax Identifier(NameSyntax name) =>
        Identifiers.IsWord(name.Text) && !Identifiers.IsReserved(name.Text) ? name : throw name.Place.Error($"`{name.Text}` is no identifier");
}
