using RestateCloud.Cedar.Hierarchy;
using RestateCloud.Cedar.Policies;

namespace RestateCloud.Cedar.Authorization;

/// <summary>A constraint on the action, ready to be tested: any of some actions, or with null any at all.</summary>
internal readonly record struct ActionScope(EntityUid[]? Uids, bool Descendants)
{
    public static ActionScope Of(ScopeConstraint constraint) => constraint switch
    {
        EqualScope equal => new ActionScope([equal.Entity.Entity!], Descendants: false),
        InScope within => new ActionScope([within.Entity.Entity!], Descendants: true),
        InAnyScope any => new ActionScope([.. any.Entities.Distinct()], Descendants: true),
        _ => default,
    };

    /// <summary>The first of the actions that matches; of an unconstrained scope the action itself; null where none does.</summary>
    public EntityUid? FirstMatch(EntityUid action, EntityNode? node)
    {
        if (Uids is null) return action;
        foreach (var uid in Uids)
            if (uid.Equals(action) || (Descendants && node is not null && node.IsBelow(uid))) return uid;
        return null;
    }
}
