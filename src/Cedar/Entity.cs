using System.Collections.Immutable;
using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar;

/// <summary>An entity: its uid, attributes, tags and direct parents. Immutable.</summary>
public sealed class Entity
{
    /// <summary>Makes an entity.</summary>
    /// <param name="uid">Its name.</param>
    /// <param name="attributes">Its attributes; none when null.</param>
    /// <param name="parents">The entities it is directly in; none when null.</param>
    /// <param name="tags">Its tags; none when null.</param>
    /// <exception cref="ArgumentException">An attribute or a tag comes twice, or an action has a parent that is none.</exception>
    public Entity(
        EntityUid uid,
        IEnumerable<KeyValuePair<string, CedarValue>>? attributes = null,
        IEnumerable<EntityUid>? parents = null,
        IEnumerable<KeyValuePair<string, CedarValue>>? tags = null)
        : this(uid, RecordValue.Of(attributes ?? []), [.. (parents ?? []).Distinct()], RecordValue.Of(tags ?? []))
    {
    }

    internal Entity(EntityUid uid, RecordValue attributes, ImmutableArray<EntityUid> parents, RecordValue tags)
    {
        if (uid.IsAction && parents.FirstOrDefault(parent => !parent.IsAction) is { } other)
            throw new ArgumentException($"the action {uid} cannot have the parent {other}, which is no action", nameof(parents));
        Uid = uid;
        Attributes = attributes;
        Parents = parents;
        Tags = tags;
    }

    /// <summary>The entity's name.</summary>
    public EntityUid Uid { get; }

    /// <summary>The entities this one is directly in, without duplicates.</summary>
    public ImmutableArray<EntityUid> Parents { get; }

    internal RecordValue Attributes { get; }

    internal RecordValue Tags { get; }

    /// <summary>An attribute's value; false where the entity has none of this name.</summary>
    public bool TryGetAttribute(string name, out CedarValue value) => Attributes.TryGet(name, out value);

    /// <summary>A tag's value; false where the entity has none of this name.</summary>
    public bool TryGetTag(string name, out CedarValue value) => Tags.TryGet(name, out value);

    /// <summary>Whether both say the same of the same entity; the order of parents does not matter.</summary>
    internal bool IsSameAs(Entity other) =>
        Uid.Equals(other.Uid) && Attributes.Equals(other.Attributes) && Tags.Equals(other.Tags)
        && Parents.Length == other.Parents.Length && Parents.ToHashSet().SetEquals(other.Parents);
}
