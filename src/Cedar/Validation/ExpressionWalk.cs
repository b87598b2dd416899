using RestateCloud.Cedar.Expressions;

namespace RestateCloud.Cedar.Validation;

/// <summary>Visits every part of an expression.</summary>
internal static class ExpressionWalk
{
    public static void Visit(Expression expression, Action<Expression> visit)
    {
        visit(expression);
        switch (expression)
        {
            case IfExpression choice:
                Visit(choice.Condition, visit);
                Visit(choice.Then, visit);
                Visit(choice.Else, visit);
                break;
            case UnaryExpression unary:
                Visit(unary.Operand, visit);
                break;
            case BinaryExpression binary:
                Visit(binary.Left, visit);
                Visit(binary.Right, visit);
                break;
            case AttributeExpression attribute:
                Visit(attribute.Target, visit);
                break;
            case HasExpression has:
                Visit(has.Target, visit);
                break;
            case LikeExpression like:
                Visit(like.Target, visit);
                break;
            case IsExpression type:
                Visit(type.Target, visit);
                if (type.In is not null) Visit(type.In, visit);
                break;
            case SetExpression set:
                foreach (var element in set.Elements) Visit(element, visit);
                break;
            case RecordExpression record:
                foreach (var (_, value) in record.Fields) Visit(value, visit);
                break;
            case CallExpression call:
                foreach (var argument in call.Arguments) Visit(argument, visit);
                break;
        }
    }
}
