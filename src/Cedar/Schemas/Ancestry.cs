namespace RestateCloud.Cedar.Schemas;

/// <summary>Finds all ancestors of everything in a hierarchy, which may have cycles: what is in one is its own ancestor.</summary>
internal static class Ancestry
{
    /// <summary>
    /// The most steps from a child to a parent, over all starting points. A schema of a megabyte could otherwise describe
    /// a hierarchy with as many pairs as the square of its names.
    /// </summary>
    public const int MaxSteps = 1_000_000;

    /// <exception cref="ArgumentException">There are more than <see cref="MaxSteps"/>.</exception>
    public static Dictionary<T, HashSet<T>> Of<T>(IReadOnlyDictionary<T, IReadOnlyList<T>> parents)
        where T : notnull
    {
        var steps = 0;
        var ancestry = new Dictionary<T, HashSet<T>>(parents.Count);
        var open = new Stack<T>();
        foreach (var start in parents.Keys)
        {
            var ancestors = new HashSet<T>();
            open.Push(start);
            while (open.TryPop(out var child))
                foreach (var parent in parents[child])
                {
                    if (++steps > MaxSteps) throw new ArgumentException($"the hierarchy has more than {MaxSteps} steps from a child to a parent");
                    if (ancestors.Add(parent)) open.Push(parent);
                }

            ancestry.Add(start, ancestors);
        }

        return ancestry;
    }
}
