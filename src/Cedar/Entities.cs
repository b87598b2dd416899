using System.Diagnostics.CodeAnalysis;
using RestateCloud.Cedar.Hierarchy;
using RestateCloud.Cedar.Json;

namespace RestateCloud.Cedar;

/// <summary>
/// The entities policies can ask about, with their hierarchy worked out. Immutable: build one for many requests, or one
/// a request; <see cref="None"/> where only names matter.
/// </summary>
public sealed class Entities
{
    private readonly Dictionary<EntityUid, EntityNode> _nodes;

    private Entities(Dictionary<EntityUid, EntityNode> nodes) => _nodes = nodes;

    /// <summary>No entity: uids can still be compared, and <c>in</c> holds between equal ones.</summary>
    public static Entities None { get; } = new([]);

    /// <summary>How many entities there are.</summary>
    public int Count => _nodes.Count;

    /// <summary>All entities, in no particular order.</summary>
    public IEnumerable<Entity> All => _nodes.Values.Select(node => node.Entity);

    /// <summary>A store of these entities.</summary>
    /// <exception cref="ArgumentException">
    /// A uid comes twice with different content, an entity is its own ancestor, or the hierarchy has more than
    /// 5,000,000 pairs of an entity and an ancestor.
    /// </exception>
    public static Entities Of(IEnumerable<Entity> entities)
    {
        var byUid = new Dictionary<EntityUid, Entity>();
        foreach (var entity in entities)
            if (!byUid.TryAdd(entity.Uid, entity) && !byUid[entity.Uid].IsSameAs(entity))
                throw new ArgumentException($"the entity {entity.Uid} comes twice with different content");
        return new Entities(TransitiveClosure.Of(byUid));
    }

    /// <summary>
    /// Reads the JSON form of entities: an array of objects with <c>uid</c>, <c>attrs</c>, <c>parents</c> and optionally <c>tags</c>.
    /// </summary>
    /// <param name="json">The document, nested at most 512 levels.</param>
    /// <param name="schema">
    /// Where given, entities and extension values may be written in their short forms, every entity must conform to the
    /// schema, and the schema's actions are added.
    /// </param>
    /// <exception cref="CedarParseException">The document is not JSON, not of this form, or does not conform.</exception>
    public static Entities Parse(string json, Schema? schema = null) => EntitiesJsonReader.Read(json, schema?.Types);

    /// <summary>The entity of this name; false where it is not known.</summary>
    public bool TryGet(EntityUid uid, [NotNullWhen(true)] out Entity? entity)
    {
        entity = Find(uid)?.Entity;
        return entity is not null;
    }

    internal EntityNode? Find(EntityUid uid) => _nodes.GetValueOrDefault(uid);
}
