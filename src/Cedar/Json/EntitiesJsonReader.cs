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
        try
        {
            var given = Entities.Of(entities);
            return schema is null ? given : WithActionsOf(schema, given);
        }
        catch (ArgumentException error)
        {
            throw JsonPath.Root.Error(error.Message, error);
        }
    }

    /// <summary>
    /// Replaces actions by those of the schema, after checking that they say the same. A document may list all the groups an
    /// action is in or only the nearest, so this is asked once the hierarchy is known.
    /// </summary>
    private static Entities WithActionsOf(ISchemaTypes schema, Entities given)
    {
        foreach (var action in given.All.Where(entity => entity.Uid.IsAction))
            if (schema.FindFault(action, given.Find(action.Uid)!.Ancestors) is { } fault) throw JsonPath.Root.Error(fault);
        return Entities.Of(given.All.Where(entity => !entity.Uid.IsAction).Concat(schema.Actions));
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
            return types?.FindFault(entity) is { } fault ? throw path.Error(fault) : entity;
        }
        catch (ArgumentException error)
        {
            throw path.Error(error.Message, error);
        }
    }
}
