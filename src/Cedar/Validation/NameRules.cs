using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Policies;
using RestateCloud.Cedar.Schemas;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Validation;

/// <summary>Checks that the entity types, actions and enumerated entities a policy names are declared, wherever it names them.</summary>
internal sealed class NameRules(SchemaModel schema, FindingCollector findings)
{
    public void Check(PolicyBody policy)
    {
        foreach (var constraint in (ReadOnlySpan<ScopeConstraint>)[policy.Principal, policy.Action, policy.Resource]) Check(constraint);
        foreach (var condition in policy.Conditions) ExpressionWalk.Visit(condition.Body, Check);
    }

    /// <summary>Checks an entity a link puts into a slot; as in the reference, only its type.</summary>
    public void CheckLinked(EntityUid? entity)
    {
        if (entity is not null && FaultOfType(entity.Type) is var (message, advice)) findings.Add(message, advice);
    }

    private void Check(ScopeConstraint constraint)
    {
        switch (constraint)
        {
            case EqualScope { Entity.Entity: { } entity }:
                CheckScope(entity);
                break;
            case InScope { Entity.Entity: { } entity }:
                CheckScope(entity);
                break;
            case IsScope type:
                CheckScope(type.EntityType);
                break;
            case IsInScope type:
                CheckScope(type.EntityType);
                if (type.Entity.Entity is { } ancestor) CheckScope(ancestor);
                break;
            case InAnyScope any:
                foreach (var entity in any.Entities) CheckScope(entity);
                break;
        }
    }

    private void CheckScope(EntityUid entity)
    {
        if (FaultOf(entity) is var (message, advice)) findings.Add(message, advice);
    }

    private void CheckScope(string type)
    {
        if (FaultOfType(type) is var (message, advice)) findings.Add(message, advice);
    }

    private void Check(Expression expression)
    {
        var fault = expression switch
        {
            LiteralExpression { Value.AsEntity: { } entity } => FaultOf(entity),
            IsExpression type => FaultOfType(type.EntityType),
            _ => null,
        };
        if (fault is var (message, advice)) findings.Add(expression, message, advice);
    }

    private (string Message, string? Advice)? FaultOf(EntityUid entity)
    {
        if (entity.IsAction) return schema.FindAction(entity) is null ? ($"the action {entity} is not declared", AdviceForAction(entity)) : null;
        if (FaultOfType(entity.Type) is { } fault) return fault;
        return schema.FindEntityType(entity.Type)!.Ids is { } ids && !ids.Contains(entity.Id)
            ? ($"there is no {entity}", $"the ids of {entity.Type} are {ValueConformance.Ids(ids)}")
            : null;
    }

    private (string Message, string? Advice)? FaultOfType(string type)
    {
        if (schema.IsKnownType(type)) return null;
        var plain = Identifiers.BaseName(type).ToString();
        var near = schema.EntityTypes.Keys.FirstOrDefault(known => Identifiers.BaseName(known).SequenceEqual(plain))
            ?? Suggestion.Nearest(type, schema.EntityTypes.Keys);
        return ($"the entity type `{type}` is not declared", near is null ? null : $"did you mean `{near}`?");
    }

    private string? AdviceForAction(EntityUid action)
    {
        var near = schema.Actions.Keys.FirstOrDefault(known => known.Id == action.Id)?.ToString()
            ?? Suggestion.Nearest(action.ToString(), schema.Actions.Keys.Select(known => known.ToString()));
        return near is null ? null : $"did you mean `{near}`?";
    }
}
