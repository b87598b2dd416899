using RestateCloud.Cedar.Expressions;

namespace RestateCloud.Cedar.Evaluation;

/// <summary>
/// Turns an expression into nodes. What depends on nothing but constants is computed now, unless it fails: a failure has to
/// be met each time, and only if evaluation gets there.
/// </summary>
internal static class Compiler
{
    private static readonly EntityUid Nobody = EntityUid.FromValid("Nobody", "");

    public static Node Compile(Expression expression) => expression switch
    {
        LiteralExpression literal => new ConstantNode(literal.Value),
        VariableExpression variable => Variable(variable.Variable),
        IfExpression choice => new IfNode(choice, Compile(choice.Condition), Compile(choice.Then), Compile(choice.Else)),
        UnaryExpression unary => Unary(unary, Compile(unary.Operand)),
        BinaryExpression binary => Binary(binary, Compile(binary.Left), Compile(binary.Right)),
        AttributeExpression attribute => new AttributeNode(attribute, Compile(attribute.Target)),
        HasExpression has => new HasNode(has, Compile(has.Target)),
        LikeExpression like => Like(like, Compile(like.Target)),
        IsExpression type => Is(type, Compile(type.Target)),
        SetExpression set => Set([.. set.Elements.Select(Compile)]),
        RecordExpression record => Record(record),
        CallExpression call => Call(call, [.. call.Arguments.Select(Compile)]),
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    private static Node Variable(RequestVariable variable) => variable switch
    {
        RequestVariable.Principal => new PrincipalNode(),
        RequestVariable.Action => new ActionNode(),
        RequestVariable.Resource => new ResourceNode(),
        _ => new ContextNode(),
    };

    private static Node Unary(UnaryExpression source, Node operand) => Fold(
        source.Operator switch
        {
            UnaryOperator.Not => new NotNode(source.Operand, operand),
            UnaryOperator.Negate => new NegateNode(source.Operand, operand),
            _ => new IsEmptyNode(source.Operand, operand),
        },
        operand);

    private static Node Binary(BinaryExpression source, Node left, Node right) => source.Operator switch
    {
        BinaryOperator.Or => Fold(new JunctionNode(source.Left, source.Right, left, right, decisive: true), left, right),
        BinaryOperator.And => Fold(new JunctionNode(source.Left, source.Right, left, right, decisive: false), left, right),
        BinaryOperator.Equal => Fold(new EqualNode(left, right, negated: false), left, right),
        BinaryOperator.NotEqual => Fold(new EqualNode(left, right, negated: true), left, right),
        BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual =>
            Fold(new CompareNode(source, left, right), left, right),
        BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply =>
            Fold(new ArithmeticNode(source, left, right), left, right),
        BinaryOperator.Contains => Fold(new ContainsNode(source, left, right), left, right),
        BinaryOperator.ContainsAll or BinaryOperator.ContainsAny => Fold(new ContainsManyNode(source, left, right), left, right),

        // These ask the store, which differs from request to request.
        BinaryOperator.In => new InNode(source.Left, source.Right, left, right),
        _ => new TagNode(source, left, right),
    };

    private static Node Like(LikeExpression source, Node target) => Fold(new LikeNode(source, target), target);

    private static Node Is(IsExpression source, Node target)
    {
        var type = Fold(new IsNode(source, target), target);
        if (source.In is null) return type;
        var ancestor = new InNode(source.Target, source.In, target, Compile(source.In));
        return new JunctionNode(source, source, type, ancestor, decisive: false);
    }

    private static Node Set(Node[] elements) => Fold(new SetNode(elements), elements);

    private static Node Record(RecordExpression source)
    {
        var fields = source.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).ToArray();
        var values = Array.ConvertAll(fields, field => Compile(field.Value));
        return Fold(new RecordNode(Array.ConvertAll(fields, field => field.Key), values), values);
    }

    private static Node Call(CallExpression source, Node[] arguments) =>
        arguments.Length == source.Function.Parameters.Length
            ? Fold(new CallNode(source, arguments[0], arguments.ElementAtOrDefault(1)), arguments)
            : new WrongCallNode(source);

    private static Node Fold(Node node, params ReadOnlySpan<Node> operands)
    {
        foreach (var operand in operands)
            if (operand is not ConstantNode) return node;
        var frame = new Frame(new Request(Nobody, Nobody, Nobody), Entities.None);
        var value = node.Evaluate(ref frame);
        return value.IsNone ? node : new ConstantNode(value);
    }
}
