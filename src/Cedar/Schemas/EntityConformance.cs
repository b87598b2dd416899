using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Schemas;

/// <summary>Checks entities against a schema.</summary>
internal sealed class EntityConformance(SchemaModel schema)
{
    private readonly ValueConformance _values = new(schema);

    /// <summary>Why an entity does not conform, or null where it does. An action may be given with any of the groups it is in.</summary>
    public string? FindFault(Entity entity)
    {
        var uid = entity.Uid;
        if (uid.IsAction) return FindFaultOfAction(entity, out var action) ?? (action!.Ancestors.IsSupersetOf(entity.Parents) ? null : OtherGroups(uid));
        if (schema.FindEntityType(uid.Type) is not { } type)
            return $"{uid} is of the type {uid.Type}, which is not declared{Suggestion.For(uid.Type, schema.EntityTypes.Keys)}";
        return _values.FindFault(uid, "the entity")
            ?? _values.FindFault(entity.Attributes, type.Attributes, uid.ToString())
            ?? FindFaultOfParents(entity, type)
            ?? FindFaultOfTags(entity, type);
    }

    /// <summary>Why an action is not as the schema declares it, or null where it is: it is in the same groups and has nothing else.</summary>
    /// <param name="action">The action.</param>
    /// <param name="ancestors">All it is in, directly or not.</param>
    public string? FindFault(Entity action, ReadOnlySpan<EntityUid> ancestors) =>
        FindFaultOfAction(action, out var definition)
        ?? (definition!.Ancestors.SetEquals(ancestors.ToArray()) ? null : OtherGroups(action.Uid));

    private static string OtherGroups(EntityUid action) => $"the action {action} is in other groups than the schema says";

    private string? FindFaultOfAction(Entity action, out ActionDefinition? definition)
    {
        definition = schema.FindAction(action.Uid);
        if (definition is null) return $"the action {action.Uid} is not declared";
        return action.Attributes.Count > 0 || action.Tags.Count > 0 ? $"the action {action.Uid} has attributes or tags, and actions have none" : null;
    }

    private string? FindFaultOfParents(Entity entity, EntityTypeDefinition type)
    {
        foreach (var parent in entity.Parents)
        {
            if (_values.FindFault(parent, $"a parent of {entity.Uid}") is { } fault) return fault;
            if (!type.Ancestors.Contains(parent.Type)) return $"{entity.Uid} is in {parent}, and entities of type {type.Name} are never in {parent.Type}";
        }

        return null;
    }

    private string? FindFaultOfTags(Entity entity, EntityTypeDefinition type)
    {
        for (var i = 0; i < entity.Tags.Count; i++)
        {
            if (type.Tags is null) return $"{entity.Uid} has tags, and entities of type {type.Name} have none";
            var path = $"the tag {StringLiterals.Quote(entity.Tags.Names[i])} of {entity.Uid}";
            if (_values.FindFault(entity.Tags.Values[i], type.Tags, path) is { } fault) return fault;
        }

        return null;
    }
}
