namespace RestateCloud.Cedar.Json;

/// <summary>What the readers of JSON ask of a schema: the types that make short forms unambiguous, and whether the result conforms.</summary>
internal interface ISchemaTypes
{
    /// <summary>All actions the schema declares, with their direct parents.</summary>
    IEnumerable<Entity> Actions { get; }

    /// <summary>The type of an attribute of an entity type; null where either is not declared.</summary>
    IExpectedType? AttributeType(string entityType, string attribute);

    /// <summary>The type of all tags of an entity type; null where it has none.</summary>
    IExpectedType? TagType(string entityType);

    /// <summary>The record type of an action's context; null where the action is not declared.</summary>
    IExpectedType? ContextType(EntityUid action);

    /// <summary>Why this entity, which is no action, does not conform to the schema, or null when it does.</summary>
    string? FindFault(Entity entity);

    /// <summary>Why this action is not as the schema declares it, given all it is in, or null when it is.</summary>
    string? FindFault(Entity action, ReadOnlySpan<EntityUid> ancestors);

    /// <summary>Why this request does not conform to the schema, or null when it does.</summary>
    string? FindFault(in Request request);
}

/// <summary>The type a JSON value is expected to have, as far as it decides how the value is read.</summary>
internal interface IExpectedType
{
    /// <summary>
    /// The kind: with <see cref="ValueKind.Entity"/> and the extension kinds a value may be in its short form;
    /// sets and records pass the question on.
    /// </summary>
    ValueKind Kind { get; }

    /// <summary>The type of a set's elements; null for other kinds.</summary>
    IExpectedType? Element { get; }

    /// <summary>The type of a record's field; null where the record has none of this name, and for other kinds.</summary>
    IExpectedType? Field(string name);
}
