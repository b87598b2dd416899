using RestateCloud.Cedar.Expressions;

namespace RestateCloud.Cedar.Evaluation;

/// <summary><c>&amp;&amp;</c> and <c>||</c>: the left side decides when it equals <paramref name="decisive"/>; the right side is then not looked at.</summary>
internal sealed class JunctionNode(Expression leftSource, Expression rightSource, Node left, Node right, bool decisive) : Node
{
    public override CedarValue Evaluate(ref Frame frame)
    {
        var first = left.Evaluate(ref frame);
        if (!first.IsBool) return frame.FailKind(leftSource, first, ValueKind.Bool);
        if (first.IsTrue == decisive) return first;
        var second = right.Evaluate(ref frame);
        return second.IsBool ? second : frame.FailKind(rightSource, second, ValueKind.Bool);
    }
}

internal sealed class NotNode(Expression source, Node operand) : Node
{
    public override CedarValue Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        return value.IsBool ? !value.IsTrue : frame.FailKind(source, value, ValueKind.Bool);
    }
}

internal sealed class EqualNode(Node left, Node right, bool negated) : Node
{
    public override CedarValue Evaluate(ref Frame frame)
    {
        var first = left.Evaluate(ref frame);
        if (first.IsNone) return default;
        var second = right.Evaluate(ref frame);
        return second.IsNone ? default(CedarValue) : first.Equals(second) != negated;
    }
}
