namespace RestateCloud.Cedar.Authorization;

/// <summary>Decides under which part of its scope each policy is found: the one that the fewest policies of the set share.</summary>
internal sealed class PolicyFiling
{
    public PolicyFiling(CompiledPolicy[] policies)
    {
        var shared = new Census(policies);
        foreach (var policy in policies) File(policy, shared);
    }

    public List<CompiledPolicy> Unconstrained { get; } = [];

    public Drawer<EntityUid> ByPrincipal { get; } = new();

    public Drawer<EntityUid> ByAction { get; } = new();

    public Drawer<EntityUid> ByResource { get; } = new();

    public Drawer<string> ByPrincipalType { get; } = new();

    public Drawer<string> ByResourceType { get; } = new();

    private void File(CompiledPolicy policy, Census shared)
    {
        var (rarest, place) = (int.MaxValue, new Action(() => Unconstrained.Add(policy)));
        Offer(policy.Principal.Uid, shared.Principals, ByPrincipal);
        Offer(policy.Resource.Uid, shared.Resources, ByResource);
        if (policy.Action.Uids is { } actions)
        {
            // With an empty list there is no place: the policy can never match.
            var count = actions.Sum(action => shared.Actions[action]);
            if (count < rarest) (rarest, place) = (count, () => Array.ForEach(actions, action => ByAction.Add(action, policy)));
        }

        Offer(policy.Principal.Type, shared.PrincipalTypes, ByPrincipalType);
        Offer(policy.Resource.Type, shared.ResourceTypes, ByResourceType);
        place();

        void Offer<TKey>(TKey? key, Dictionary<TKey, int> counts, Drawer<TKey> drawer)
            where TKey : class
        {
            if (key is null || counts[key] >= rarest) return;
            (rarest, place) = (counts[key], () => drawer.Add(key, policy));
        }
    }

    /// <summary>The policies under each key of one kind.</summary>
    internal sealed class Drawer<TKey>
        where TKey : class
    {
        private readonly Dictionary<TKey, List<CompiledPolicy>> _files = [];

        public void Add(TKey key, CompiledPolicy policy)
        {
            if (_files.TryGetValue(key, out var file)) file.Add(policy);
            else _files.Add(key, [policy]);
        }

        public Dictionary<TKey, CompiledPolicy[]> ToArrays() => _files.ToDictionary(file => file.Key, file => file.Value.ToArray());
    }

    /// <summary>How many policies ask for each thing.</summary>
    private sealed class Census(CompiledPolicy[] policies)
    {
        public Dictionary<EntityUid, int> Principals { get; } = Count(policies.Select(policy => policy.Principal.Uid));

        public Dictionary<EntityUid, int> Resources { get; } = Count(policies.Select(policy => policy.Resource.Uid));

        public Dictionary<EntityUid, int> Actions { get; } = Count(policies.SelectMany(policy => policy.Action.Uids ?? []));

        public Dictionary<string, int> PrincipalTypes { get; } = Count(policies.Select(policy => policy.Principal.Type));

        public Dictionary<string, int> ResourceTypes { get; } = Count(policies.Select(policy => policy.Resource.Type));

        private static Dictionary<TKey, int> Count<TKey>(IEnumerable<TKey?> keys)
            where TKey : class =>
            keys.OfType<TKey>().CountBy(key => key).ToDictionary();
    }
}
