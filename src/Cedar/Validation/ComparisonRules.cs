using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Schemas;

namespace RestateCloud.Cedar.Validation;

/// <summary>The rules of <c>==</c> and <c>&lt;</c> and those that are short for them.</summary>
internal sealed class ComparisonRules(TypeChecker checker)
{
    public Typed Equal(BinaryExpression equality, CapabilitySet known)
    {
        var left = checker.Check(equality.Left, known).Type;
        var right = checker.Check(equality.Right, known).Type;
        if (left is null || right is null) return Typed.Unknown;

        // Entities of different types are never equal: no fault, since a policy may apply to several types of them.
        if (left is EntityReferenceType a && right is EntityReferenceType b && a.Name != b.Name) return Typed.Of(false);
        if (Literal(equality.Left) is { IsNone: false } leftValue && Literal(equality.Right) is { IsNone: false } rightValue)
            return Typed.Of(leftValue == rightValue);
        if (CommonSupertype.Of(left, right, out var why) is not null) return Typed.Bool;
        checker.Findings.Add(
            equality, $"values of different types are never equal: {TypeChecker.Describe(left)} and {TypeChecker.Describe(right)}", why);
        return Typed.Unknown;
    }

    public Typed Order(BinaryExpression comparison, CapabilitySet known)
    {
        var left = checker.Check(comparison.Left, known).Type;
        var right = checker.Check(comparison.Right, known).Type;
        if (left is null || right is null) return Typed.Unknown;
        if (left.Kind == right.Kind && IsOrdered(left)) return Typed.Bool;

        if (IsOrdered(left)) Expected(comparison.Right, TypeChecker.Describe(left), right);
        else if (IsOrdered(right)) Expected(comparison.Left, TypeChecker.Describe(right), left);
        else Expected(comparison.Left, "a long, a datetime or a duration", left);
        return Typed.Unknown;
    }

    /// <summary>The value of a literal, or of the action, which is known in each kind of request.</summary>
    public CedarValue Literal(Expression expression) =>
        expression is VariableExpression { Variable: RequestVariable.Action } ? checker.Environment.Action.Uid : Literals.Of(expression);

    private static bool IsOrdered(SchemaType type) => type.Kind is ValueKind.Long or ValueKind.DateTime or ValueKind.Duration;

    private void Expected(Expression operand, string expected, SchemaType found) => checker.Findings.Add(
        operand,
        $"expected {expected}, found {TypeChecker.Describe(found)}",
        found.Kind == ValueKind.Decimal ? "decimals are compared with `lessThan`, `greaterThan` and the like" : null);
}
