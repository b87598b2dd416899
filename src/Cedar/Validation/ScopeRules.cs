using RestateCloud.Cedar.Policies;
using RestateCloud.Cedar.Schemas;

namespace RestateCloud.Cedar.Validation;

/// <summary>Says which requests the scope of a policy can match, by the types of principal and resource and by the action.</summary>
/// <param name="schema">The schema.</param>
/// <param name="policy">The policy; what a slot stands for may be anything.</param>
/// <param name="unknownMatches">
/// Whether types and actions that are not declared are overlooked, so that conditions are checked all the same; otherwise
/// a scope with one matches nothing.
/// </param>
internal sealed class ScopeRules(SchemaModel schema, PolicyBody policy, bool unknownMatches = false)
{
    /// <summary>Whether the principal can be of this type.</summary>
    public bool AllowsPrincipal(string type) => Allows(policy.Principal, type);

    /// <summary>Whether the resource can be of this type.</summary>
    public bool AllowsResource(string type) => Allows(policy.Resource, type);

    /// <summary>Whether the action can be this one.</summary>
    public bool Allows(ActionDefinition action) => policy.Action switch
    {
        EqualScope scope => scope.Entity.Entity!.Equals(action.Uid),
        InScope scope => action.IsIn(scope.Entity.Entity!),
        InAnyScope scope => scope.Entities.Any(action.IsIn) && (unknownMatches || scope.Entities.All(uid => schema.FindAction(uid) is not null)),
        _ => true,
    };

    /// <summary>Reports a scope that no declared action applies to.</summary>
    public void Check(FindingCollector findings)
    {
        var actions = schema.Actions.Values.Where(Allows).ToList();
        if (actions.Exists(action => action.Principals.Any(AllowsPrincipal) && action.Resources.Any(AllowsResource))) return;
        findings.Add("no declared action applies to the principals and resources of this scope", Advice(actions));
    }

    private bool Allows(ScopeConstraint constraint, string type) => constraint switch
    {
        EqualScope scope => IsOf(type, scope.Entity.Entity?.Type),
        InScope scope => IsBelow(type, scope.Entity),
        IsScope scope => IsOf(type, scope.EntityType),
        IsInScope scope => IsOf(type, scope.EntityType) && IsBelow(type, scope.Entity),
        _ => true,
    };

    private bool IsOf(string type, string? expected) => expected is null || type == expected || IsUnknown(expected);

    private bool IsBelow(string type, EntityOrSlot ancestor) =>
        ancestor.Entity is not { } entity || schema.MayBeIn(type, entity.Type) || IsUnknown(entity.Type);

    private bool IsUnknown(string type) => unknownMatches && !schema.IsKnownType(type);

    private string? Advice(List<ActionDefinition> actions)
    {
        if (IsGroup(policy.Principal, actions.SelectMany(action => action.Principals))) return "did you mean `in` rather than `==` for the principal?";
        if (IsGroup(policy.Resource, actions.SelectMany(action => action.Resources))) return "did you mean `in` rather than `==` for the resource?";
        return actions is [var only]
            ? $"{only.Uid} applies to principals of {List(only.Principals)} and resources of {List(only.Resources)}"
            : null;
    }

    private bool IsGroup(ScopeConstraint constraint, IEnumerable<string> types) =>
        constraint is EqualScope { Entity.Entity: { } entity } && types.Any(type => type != entity.Type && schema.MayBeIn(type, entity.Type));

    private static string List(IReadOnlySet<string> types) => types.Count switch
    {
        0 => "no type",
        1 => $"type {types.First()}",
        _ => $"the types {string.Join(", ", types.Order(StringComparer.Ordinal).Take(10))}{(types.Count > 10 ? ", …" : "")}",
    };
}
