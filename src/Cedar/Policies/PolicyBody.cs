using System.Collections.Immutable;
using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Policies;

/// <summary>A policy or template as written, without its id. A body with slots is a template; an annotation may have no value.</summary>
internal sealed record PolicyBody(
    Effect Effect,
    ScopeConstraint Principal,
    ScopeConstraint Action,
    ScopeConstraint Resource,
    ImmutableArray<PolicyCondition> Conditions,
    ImmutableArray<KeyValuePair<string, string?>> Annotations,
    SourceSpan Span)
{
    /// <summary>The text this was read from, to which all spans refer; null when read from JSON.</summary>
    public string? Source { get; init; }

    public bool IsTemplate => Principal.HasSlot || Resource.HasSlot;
}

/// <summary>A <c>when</c> clause, or with <paramref name="Negated"/> an <c>unless</c> clause.</summary>
internal sealed record PolicyCondition(bool Negated, Expression Body)
{
    /// <summary>What has to be true for the clause to hold.</summary>
    public Expression AsRequirement() => Negated ? new UnaryExpression(UnaryOperator.Not, Body, Body.Span) : Body;
}
