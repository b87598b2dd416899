using RestateCloud.Cedar.Expressions;

namespace RestateCloud.Cedar.Evaluation;

internal sealed class NegateNode(Expression source, Node operand) : Node
{
    public override CedarValue Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        if (!value.IsLong) return frame.FailKind(source, value, ValueKind.Long);
        return value.Bits == long.MinValue ? frame.Fail(FailureReason.Overflow, source, value) : -value.Bits;
    }
}

internal sealed class ArithmeticNode(BinaryExpression source, Node left, Node right) : Node
{
    private readonly BinaryOperator _operator = source.Operator;

    public override CedarValue Evaluate(ref Frame frame)
    {
        var first = left.Evaluate(ref frame);
        if (!first.IsLong) return frame.FailKind(source.Left, first, ValueKind.Long);
        var second = right.Evaluate(ref frame);
        if (!second.IsLong) return frame.FailKind(source.Right, second, ValueKind.Long);
        return TryCompute(first.Bits, second.Bits, out var result) ? result : frame.Fail(FailureReason.Overflow, source, first);
    }

    // Checked arithmetic of the language would throw; overflow is an ordinary outcome here.
    private bool TryCompute(long a, long b, out long result)
    {
        switch (_operator)
        {
            case BinaryOperator.Add:
                result = unchecked(a + b);
                return ((a ^ result) & (b ^ result)) >= 0;
            case BinaryOperator.Subtract:
                result = unchecked(a - b);
                return ((a ^ b) & (a ^ result)) >= 0;
            default:
                var high = Math.BigMul(a, b, out result);
                return high == result >> 63;
        }
    }
}

/// <summary>The order of longs, datetimes and durations; both sides are of one kind.</summary>
internal sealed class CompareNode(BinaryExpression source, Node left, Node right) : Node
{
    private readonly BinaryOperator _operator = source.Operator;

    public override CedarValue Evaluate(ref Frame frame)
    {
        var first = left.Evaluate(ref frame);
        if (!first.IsOrdered) return frame.FailKind(source.Left, first);
        var second = right.Evaluate(ref frame);
        if (!second.IsSameScalarKind(first)) return frame.FailKind(source.Right, second, first.Kind);
        return _operator switch
        {
            BinaryOperator.Less => first.Bits < second.Bits,
            BinaryOperator.LessOrEqual => first.Bits <= second.Bits,
            BinaryOperator.Greater => first.Bits > second.Bits,
            _ => first.Bits >= second.Bits,
        };
    }
}
