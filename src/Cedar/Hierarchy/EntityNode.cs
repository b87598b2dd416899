using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar.Hierarchy;

/// <summary>An entity of a store together with all it is in, directly or not.</summary>
internal sealed class EntityNode(Entity entity, EntityUid[] ancestors)
{
    // Uids compare by their precomputed hash first: a few of them in turn beat one look into a set.
    private const int HashThreshold = 16;

    private readonly HashSet<EntityUid>? _index = ancestors.Length > HashThreshold ? [.. ancestors] : null;

    public Entity Entity { get; } = entity;

    public RecordValue Attributes { get; } = entity.Attributes;

    public RecordValue Tags { get; } = entity.Tags;

    public ReadOnlySpan<EntityUid> Ancestors => ancestors;

    public bool IsBelow(EntityUid other)
    {
        if (_index is not null) return _index.Contains(other);
        foreach (var ancestor in ancestors)
            if (ancestor.Equals(other)) return true;
        return false;
    }
}
