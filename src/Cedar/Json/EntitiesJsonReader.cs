using System.Collections.Immutable;
using System.Text.Json;
using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar.Json;

/// <summary>Reads the JSON form of entities.</summary>
internal static class EntitiesJsonReader
{
    public static Entities Read(string json, ISchemaTypes? schema)
    {
        using var document = JsonInput.Parse(json);
        var entities = JsonInput.Elements(document.RootElement, JsonPath.Root).Select(item => ReadEntity(item.Value, item.Path, schema)).ToList();
        if (schema is not null) entities.AddRange(schema.Actions);
        try
        {
            return Entities.Of(entities);
        }
        catch (ArgumentException error)
        {
            throw JsonPath.Root.Error(error.Message, error);
        }
    }

    private static Entity ReadEntity(JsonElement json, JsonPath path, ISchemaTypes? schema)
    {
        var uid = ValueJsonReader.ReadUid(JsonInput.Required(json, "uid", path), path.Property("uid"));

        // A schema declares no attributes of actions, so there is nothing to expect of them.
        var types = uid.IsAction ? null : schema;
        var attributes = ValueJsonReader.ReadRecord(
            JsonInput.Required(json, "attrs", path), path.Property("attrs"), types is null ? null : name => types.AttributeType(uid.Type, name));
        var tags = json.TryGetProperty("tags", out var given)
            ? ValueJsonReader.ReadRecord(given, path.Property("tags"), types is null ? null : _ => types.TagType(uid.Type))
            : RecordValue.Empty;
        var parents = JsonInput.Elements(JsonInput.Required(json, "parents", path), path.Property("parents"))
            .Select(parent => ValueJsonReader.ReadUid(parent.Value, parent.Path))
            .Distinct().ToImmutableArray();
        try
        {
            var entity = new Entity(uid, attributes, parents, tags);
            return schema?.FindFault(entity) is { } fault ? throw path.Error(fault) : entity;
        }
        catch (ArgumentException error)
        {
            throw path.Error(error.Message, error);
        }
    }
}
