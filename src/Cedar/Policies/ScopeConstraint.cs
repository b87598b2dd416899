using System.Collections.Immutable;

namespace RestateCloud.Cedar.Policies;

/// <summary>What a policy's head asks of the principal, the action or the resource.</summary>
internal abstract record ScopeConstraint
{
    public static readonly ScopeConstraint Any = new AnyScope();

    /// <summary>Whether this has a slot, which makes the policy a template.</summary>
    public virtual bool HasSlot => false;

    /// <summary>The same constraint with its slot filled.</summary>
    public virtual ScopeConstraint Fill(EntityUid value) => this;
}

internal sealed record AnyScope : ScopeConstraint;

/// <summary><c>== entity</c>.</summary>
internal sealed record EqualScope(EntityOrSlot Entity) : ScopeConstraint
{
    public override bool HasSlot => Entity.IsSlot;

    public override ScopeConstraint Fill(EntityUid value) => HasSlot ? new EqualScope(new EntityOrSlot(value)) : this;
}

/// <summary><c>in entity</c>.</summary>
internal sealed record InScope(EntityOrSlot Entity) : ScopeConstraint
{
    public override bool HasSlot => Entity.IsSlot;

    public override ScopeConstraint Fill(EntityUid value) => HasSlot ? new InScope(new EntityOrSlot(value)) : this;
}

/// <summary><c>is Type</c>, on principals and resources.</summary>
internal sealed record IsScope(string EntityType) : ScopeConstraint;

/// <summary><c>is Type in entity</c>, on principals and resources.</summary>
internal sealed record IsInScope(string EntityType, EntityOrSlot Entity) : ScopeConstraint
{
    public override bool HasSlot => Entity.IsSlot;

    public override ScopeConstraint Fill(EntityUid value) =>
        HasSlot ? new IsInScope(EntityType, new EntityOrSlot(value)) : this;
}

/// <summary><c>in [entity, …]</c>, on actions only; an empty list matches nothing.</summary>
internal sealed record InAnyScope(ImmutableArray<EntityUid> Entities) : ScopeConstraint;

/// <summary>An entity of a policy's head, or the slot that a link fills with one.</summary>
internal readonly record struct EntityOrSlot(EntityUid? Entity)
{
    public static readonly EntityOrSlot Slot;

    public bool IsSlot => Entity is null;
}
