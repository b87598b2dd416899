using System.Collections.Immutable;
using System.Text.Json;
using RestateCloud.Cedar.Policies;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Json;

/// <summary>Reads what a policy of the JSON format asks of principal, action or resource.</summary>
internal static class ScopeJsonReader
{
    public static ScopeConstraint Read(JsonElement json, JsonPath path, string variable)
    {
        var op = JsonInput.Text(JsonInput.Required(json, "op", path), path.Property("op"));
        return op switch
        {
            "All" or "all" => ScopeConstraint.Any,
            "==" => new EqualScope(Entity(json, path, variable)),
            "in" when variable == "action" && !json.TryGetProperty("entity", out _) && json.TryGetProperty("entities", out var several) => new InAnyScope(Actions(several, path.Property("entities"))),
            "in" => new InScope(Entity(json, path, variable)),
            "is" when variable != "action" => Is(json, path, variable),
            _ => throw path.Property("op").Error($"`{op}` cannot constrain the {variable}"),
        };
    }

    private static ScopeConstraint Is(JsonElement json, JsonPath path, string variable)
    {
        JsonInput.Only(json, path, "op", "entity_type", "in");
        var type = JsonInput.Text(JsonInput.Required(json, "entity_type", path), path.Property("entity_type"));
        if (!Identifiers.IsName(type)) throw path.Property("entity_type").Error($"`{type}` is not an entity type");
        return json.TryGetProperty("in", out var ancestor) && ancestor.ValueKind != JsonValueKind.Null
            ? new IsInScope(type, Entity(ancestor, path.Property("in"), variable))
            : new IsScope(type);
    }

    private static EntityOrSlot Entity(JsonElement json, JsonPath path, string variable)
    {
        if (JsonInput.Object(json, path).TryGetProperty("entity", out var entity))
        {
            var uid = ValueJsonReader.ReadUid(entity, path.Property("entity"));
            return new EntityOrSlot(variable == "action" ? Action(uid, path) : uid);
        }

        var slot = JsonInput.Text(JsonInput.Required(json, "slot", path), path.Property("slot"));
        return slot == "?" + variable && variable != "action"
            ? EntityOrSlot.Slot
            : throw path.Property("slot").Error($"`{slot}` is not a slot of the {variable}");
    }

    private static ImmutableArray<EntityUid> Actions(JsonElement json, JsonPath path) =>
        [.. JsonInput.Elements(json, path).Select(item => Action(ValueJsonReader.ReadUid(item.Value, item.Path), item.Path))];

    private static EntityUid Action(EntityUid uid, JsonPath path) =>
        uid.IsAction ? uid : throw path.Error($"an action's type is `Action`, in a namespace or not; this one is `{uid.Type}`");
}
