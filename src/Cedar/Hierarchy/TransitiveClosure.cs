namespace RestateCloud.Cedar.Hierarchy;

/// <summary>
/// Finds all ancestors of every entity, parents first, without recursion: a chain of parents may be as long as the document.
/// </summary>
internal sealed class TransitiveClosure
{
    /// <summary>
    /// The most pairs of entity and ancestor in one store (some 160 MB). A deep chain has as many as the square of its
    /// length, so that a small document could otherwise take all memory.
    /// </summary>
    public const int MaxPairs = 5_000_000;

    private readonly Dictionary<EntityUid, Entity> _entities;
    private readonly Dictionary<EntityUid, EntityNode> _nodes;
    private readonly HashSet<EntityUid> _open = [];
    private int _pairs;

    private TransitiveClosure(Dictionary<EntityUid, Entity> entities)
    {
        _entities = entities;
        _nodes = new Dictionary<EntityUid, EntityNode>(entities.Count);
    }

    /// <summary>The nodes of all entities.</summary>
    /// <exception cref="ArgumentException">An entity is its own ancestor, or there are too many pairs.</exception>
    public static Dictionary<EntityUid, EntityNode> Of(Dictionary<EntityUid, Entity> entities)
    {
        var closure = new TransitiveClosure(entities);
        foreach (var entity in entities.Values) closure.Visit(entity);
        return closure._nodes;
    }

    private void Visit(Entity start)
    {
        if (_nodes.ContainsKey(start.Uid)) return;
        if (start.Parents.IsEmpty)
        {
            _nodes.Add(start.Uid, new EntityNode(start, []));
            return;
        }

        var path = new Stack<(Entity Entity, int NextParent)>();
        path.Push((start, 0));
        _open.Add(start.Uid);
        while (path.TryPop(out var step))
        {
            if (step.NextParent == step.Entity.Parents.Length)
            {
                _open.Remove(step.Entity.Uid);
                _nodes.Add(step.Entity.Uid, new EntityNode(step.Entity, Ancestors(step.Entity)));
                continue;
            }

            path.Push((step.Entity, step.NextParent + 1));
            var parent = step.Entity.Parents[step.NextParent];
            if (_nodes.ContainsKey(parent) || !_entities.TryGetValue(parent, out var known)) continue;
            if (!_open.Add(parent)) throw new ArgumentException($"{parent} is its own ancestor: the hierarchy may have no cycle");
            path.Push((known, 0));
        }
    }

    private EntityUid[] Ancestors(Entity entity)
    {
        if (entity.Parents is [var only] && !_nodes.ContainsKey(only)) return [only];
        var ancestors = new HashSet<EntityUid>();
        foreach (var parent in entity.Parents)
        {
            ancestors.Add(parent);
            if (!_nodes.TryGetValue(parent, out var node)) continue;
            foreach (var ancestor in node.Ancestors) ancestors.Add(ancestor);
        }

        _pairs += ancestors.Count;
        return _pairs <= MaxPairs
            ? [.. ancestors]
            : throw new ArgumentException($"the hierarchy has more than {MaxPairs} pairs of an entity and an ancestor");
    }
}
