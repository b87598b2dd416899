using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Schemas;

namespace RestateCloud.Cedar.Validation;

/// <summary>The rules of <c>in</c> and <c>is</c>: where the schema already says which entities can be in which.</summary>
internal sealed class MembershipRules(TypeChecker checker)
{
    public Typed Is(IsExpression test, CapabilitySet known)
    {
        var target = checker.Expect(test.Target, known, ValueKind.Entity).Type as EntityReferenceType;
        var type = target is null ? Typed.Unknown : Typed.Of(target.Name == test.EntityType);
        return test.In is null ? type : TypeChecker.And(type, more => In(test, test.Target, target, test.In, more), known);
    }

    public Typed In(Expression whole, Expression left, Expression right, CapabilitySet known) =>
        In(whole, left, Entity(left, known), right, known);

    private EntityReferenceType? Entity(Expression left, CapabilitySet known) =>
        checker.Expect(left, known, ValueKind.Entity, found => found.Kind switch
        {
            ValueKind.Set or ValueKind.String or ValueKind.Long => "whether a set has an element is asked for with `set.contains(element)`",
            _ => null,
        }).Type as EntityReferenceType;

    /// <param name="whole">The expression for messages.</param>
    /// <param name="left">The left side, checked already.</param>
    /// <param name="leftType">The type of the left side; null where it has a fault.</param>
    /// <param name="right">The right side.</param>
    /// <param name="known">What is known here.</param>
    private Typed In(Expression whole, Expression left, EntityReferenceType? leftType, Expression right, CapabilitySet known)
    {
        var rightType = checker.Check(right, known).Type;
        var ancestors = rightType as EntityReferenceType ?? (rightType as SetType)?.Element as EntityReferenceType;
        if (rightType is not null && ancestors is null)
            checker.Findings.Add(right, $"expected an entity or a set of entities, found {TypeChecker.Describe(rightType)}", rightType is SetType
                ? $"whether a set has an element is asked for with `{FindingCollector.Show(right, "set")}.contains({FindingCollector.Show(left, "element")})`" : null);
        if (leftType is null || ancestors is null) return Typed.Unknown;

        return Action(left) is { } action && Groups(right) is { } groups ? ActionIn(action, groups)
            : checker.Schema.MayBeIn(leftType.Name, ancestors.Name) ? Typed.Bool
            : Typed.Of(false);
    }

    /// <summary>Which actions are in which is known in full.</summary>
    private Typed ActionIn(EntityUid action, List<EntityUid> groups)
    {
        var definition = checker.Schema.FindAction(action);
        return Typed.Of(definition is not null && groups.Exists(definition.IsIn));
    }

    private EntityUid? Action(Expression expression) => Uid(expression) is { IsAction: true } action ? action : null;

    /// <summary>The entity or entities that are written out on the right side; null where something else is.</summary>
    private List<EntityUid>? Groups(Expression expression)
    {
        if (Uid(expression) is { } only) return [only];
        if (expression is not SetExpression set) return null;
        var groups = set.Elements.Select(Uid).OfType<EntityUid>().ToList();
        return groups.Count == set.Elements.Length ? groups : null;
    }

    private EntityUid? Uid(Expression expression) => expression switch
    {
        LiteralExpression literal => literal.Value.AsEntity,
        VariableExpression { Variable: RequestVariable.Action } => checker.Environment.Action.Uid,
        _ => null,
    };
}
