using System.Text.Json.Nodes;
using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Validation.Generated;

/// <summary>Writes a planned schema in the JSON syntax.</summary>
internal sealed class JsonSchemaWriter(SchemaPlan plan, Choices choices)
{
    public string Write()
    {
        var schema = new JsonObject();
        foreach (var space in plan.Namespaces)
        {
            var types = Object(plan.Commons.Where(common => SchemaPlan.SpaceOf(common.Name) == space), common => SchemaPlan.BaseOf(common.Name), common => Type(common.Type, space));
            var entities = Object(plan.Entities.Where(entity => SchemaPlan.SpaceOf(entity.Name) == space), entity => SchemaPlan.BaseOf(entity.Name), entity => Entity(entity, space));
            var actions = Object(plan.Actions.Where(action => action.Space == space), action => action.Id, Action);
            var body = new JsonObject { ["entityTypes"] = entities, ["actions"] = actions };
            if (types.Count > 0 || choices.Once(2)) body["commonTypes"] = types;
            if (choices.Once(20)) body[choices.Of("annotations", "annotation", "entitytypes")] = new JsonObject();
            schema[space] = body;
        }

        return schema.ToJsonString();
    }

    private static JsonObject Object<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonObject> value)
    {
        var result = new JsonObject();
        foreach (var item in items) result[name(item)] = value(item);
        return result;
    }

    private JsonObject Entity(PlanEntity entity, string space)
    {
        if (entity.Ids is not null) return new JsonObject { ["enum"] = Array(entity.Ids) };
        var body = new JsonObject();
        if (entity.Parents.Count > 0 || choices.Once(3)) body["memberOfTypes"] = Array(entity.Parents.Select(parent => Name(parent, space)));
        if (entity.Fields.Count > 0 || choices.Once(3)) body["shape"] = Record(entity.Fields, space);
        if (entity.Tags is not null) body["tags"] = Type(entity.Tags, space);
        if (choices.Once(60)) body[choices.Of("enum", "shapes", "annotations", "tags")] = choices.Of<Func<JsonNode?>>(() => null, () => new JsonObject(), () => new JsonArray())();
        return body;
    }

    private JsonObject Action(PlanAction action)
    {
        var body = new JsonObject();
        if (action.Parents.Count > 0) body["memberOf"] = new JsonArray([.. action.Parents.Select(Parent)]);
        else if (choices.Once(4)) body["memberOf"] = choices.Of<Func<JsonNode?>>(() => null, () => new JsonArray())();
        if (!action.Applies)
        {
            if (choices.Once(4)) body["appliesTo"] = choices.Of<Func<JsonNode?>>(() => null, () => new JsonObject { ["principalTypes"] = new JsonArray(), ["resourceTypes"] = new JsonArray() })();
            if (choices.Once(30)) body["attributes"] = choices.Of<Func<JsonNode?>>(() => null, () => new JsonObject())();
            return body;
        }

        var applies = new JsonObject
        {
            ["principalTypes"] = Array(action.Principals.Select(name => Name(name, action.Space))),
            ["resourceTypes"] = Array(action.Resources.Select(name => Name(name, action.Space))),
        };
        if (action.Context is not null) applies["context"] = Type(action.Context, action.Space);
        if (choices.Once(60)) applies.Remove(choices.Of("principalTypes", "resourceTypes"));
        body["appliesTo"] = applies;
        return body;
    }

    private JsonObject Parent(string parent)
    {
        var at = parent.IndexOf('"', StringComparison.Ordinal);
        var result = new JsonObject { ["id"] = parent[(at + 1)..^1] };
        if (at > 0) result["type"] = parent[..(at - 2)];
        else if (choices.Once(3)) result["type"] = choices.Of("Action", null, "Action");
        return result;
    }

    private JsonObject Type(PlanType type, string space) => type.Kind switch
    {
        "Entity" => new JsonObject { ["type"] = choices.Of("Entity", "EntityOrCommon"), ["name"] = Name(type.Name!, space) },
        "Common" when choices.Once(2) => new JsonObject { ["type"] = "EntityOrCommon", ["name"] = Name(type.Name!, space) },
        "Common" => new JsonObject { ["type"] = Name(type.Name!, space) },
        "Set" => new JsonObject { ["type"] = "Set", ["element"] = Type(type.Element!, space) },
        "Record" => Record(type.Fields!, space),
        "Bool" => new JsonObject { ["type"] = choices.Of("Boolean", "Boolean", "Bool", "__cedar::Bool") },
        "Long" or "String" => new JsonObject { ["type"] = type.Kind },
        _ => choices.Once(3)
            ? new JsonObject { ["type"] = choices.Of(type.Kind, $"__cedar::{type.Kind}") }
            : new JsonObject { ["type"] = "Extension", ["name"] = choices.Once(40) ? choices.Of("ip", "__cedar::decimal", "") : type.Kind },
    };

    private JsonObject Record(IReadOnlyList<PlanField> fields, string space)
    {
        var attributes = new JsonObject();
        foreach (var field in fields)
        {
            var type = Type(field.Type, space);
            if (!field.Required || choices.Once(4)) type["required"] = field.Required;
            if (choices.Once(30)) type["annotations"] = JsonNode.Parse(choices.Of("{}", "{\"doc\":\"x\",\"if\":null}", "{\"a b\":\"\"}", "{\"a\":1}"));
            attributes[field.Name] = type;
        }

        var record = new JsonObject { ["type"] = "Record", ["attributes"] = attributes };
        if (choices.Once(20)) record["additionalAttributes"] = choices.Of(false, false, true);
        if (choices.Once(100)) record[choices.Of("required", "element", "name", "x")] = false;
        return record;
    }

    private static JsonArray Array(IEnumerable<string> items) => new([.. items.Select(item => JsonValue.Create(item))]);

    private string Name(string name, string space) =>
        space.Length > 0 && SchemaPlan.SpaceOf(name) == space && choices.Below(3) > 0 ? SchemaPlan.BaseOf(name) : name;
}
