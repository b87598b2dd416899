using RestateCloud.Cedar.Hierarchy;
using RestateCloud.Cedar.Policies;

namespace RestateCloud.Cedar.Authorization;

/// <summary>A constraint on principal or resource, ready to be tested; a part that is null asks nothing.</summary>
internal readonly record struct EntityScope(string? Type, EntityUid? Uid, bool Descendants)
{
    public static EntityScope Of(ScopeConstraint constraint) => constraint switch
    {
        EqualScope equal => new EntityScope(null, equal.Entity.Entity, Descendants: false),
        InScope within => new EntityScope(null, within.Entity.Entity, Descendants: true),
        IsScope type => new EntityScope(type.EntityType, null, Descendants: false),
        IsInScope both => new EntityScope(both.EntityType, both.Entity.Entity, Descendants: true),
        _ => default,
    };

    public bool Matches(EntityUid uid, EntityNode? node)
    {
        if (Type is not null && uid.Type != Type) return false;
        return Uid is null || Uid.Equals(uid) || (Descendants && node is not null && node.IsBelow(Uid));
    }
}
