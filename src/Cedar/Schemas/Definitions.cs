using System.Collections.Immutable;

namespace RestateCloud.Cedar.Schemas;

/// <summary>What a schema says of an entity type.</summary>
/// <param name="Name">The type with its namespace.</param>
/// <param name="Attributes">The attributes of all its entities.</param>
/// <param name="Tags">The type of all tags; null where its entities have none.</param>
/// <param name="Ids">The only ids there are; null where any will do.</param>
/// <param name="Ancestors">The types its entities may be in, directly or not.</param>
internal sealed record EntityTypeDefinition(
    string Name, RecordType Attributes, SchemaType? Tags, IReadOnlySet<string>? Ids, IReadOnlySet<string> Ancestors);

/// <summary>What a schema says of an action.</summary>
/// <param name="Uid">The action.</param>
/// <param name="Parents">The groups it is directly in.</param>
/// <param name="Ancestors">The groups it is in, directly or not.</param>
/// <param name="Principals">The types of principals that may do it; none for a group.</param>
/// <param name="Resources">The types of resources it may be done on; none for a group.</param>
/// <param name="Context">The context of its requests.</param>
internal sealed record ActionDefinition(
    EntityUid Uid,
    ImmutableArray<EntityUid> Parents,
    IReadOnlySet<EntityUid> Ancestors,
    IReadOnlySet<string> Principals,
    IReadOnlySet<string> Resources,
    RecordType Context)
{
    public bool IsIn(EntityUid action) => Uid.Equals(action) || Ancestors.Contains(action);
}
