using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Expressions;

/// <summary>The methods of the core language, which unlike those of extensions are operators of the tree.</summary>
internal static class Methods
{
    public const string IsEmpty = "isEmpty";

    public static bool IsBuiltIn(string name) =>
        name == IsEmpty || (OperatorNames.TryBinary(name, out var op) && OperatorNames.IsMethod(op));

    public static Expression Build(string name, Expression receiver, IReadOnlyList<Expression> arguments, SourceSpan span)
    {
        if (name == IsEmpty) return new UnaryExpression(UnaryOperator.IsEmpty, receiver, span);
        OperatorNames.TryBinary(name, out var op);
        return new BinaryExpression(op, receiver, arguments[0], span);
    }
}
