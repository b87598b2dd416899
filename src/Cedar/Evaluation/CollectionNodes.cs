using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar.Evaluation;

internal sealed class SetNode(Node[] elements) : Node
{
    public override CedarValue Evaluate(ref Frame frame)
    {
        var values = new CedarValue[elements.Length];
        for (var i = 0; i < elements.Length; i++)
            if ((values[i] = elements[i].Evaluate(ref frame)).IsNone) return default;
        return CedarValue.Set(values);
    }
}

/// <summary>A record whose names were sorted when it was compiled.</summary>
internal sealed class RecordNode(string[] names, Node[] fields) : Node
{
    public override CedarValue Evaluate(ref Frame frame)
    {
        var values = new CedarValue[fields.Length];
        for (var i = 0; i < fields.Length; i++)
            if ((values[i] = fields[i].Evaluate(ref frame)).IsNone) return default;
        return CedarValue.Of(RecordValue.OfSorted(names, values));
    }
}

internal sealed class ContainsNode(BinaryExpression source, Node set, Node element) : Node
{
    public override CedarValue Evaluate(ref Frame frame)
    {
        var first = set.Evaluate(ref frame);
        if (first.AsSet is not { } elements) return frame.FailKind(source.Left, first, ValueKind.Set);
        var second = element.Evaluate(ref frame);
        return second.IsNone ? default(CedarValue) : elements.Contains(second);
    }
}

/// <summary><c>containsAll</c> and <c>containsAny</c>.</summary>
internal sealed class ContainsManyNode(BinaryExpression source, Node set, Node other) : Node
{
    private readonly bool _all = source.Operator == BinaryOperator.ContainsAll;

    public override CedarValue Evaluate(ref Frame frame)
    {
        var first = set.Evaluate(ref frame);
        if (first.AsSet is not { } elements) return frame.FailKind(source.Left, first, ValueKind.Set);
        var second = other.Evaluate(ref frame);
        if (second.AsSet is not { } others) return frame.FailKind(source.Right, second, ValueKind.Set);
        return _all ? elements.ContainsAll(others) : elements.ContainsAny(others);
    }
}

internal sealed class IsEmptyNode(Expression source, Node set) : Node
{
    public override CedarValue Evaluate(ref Frame frame)
    {
        var value = set.Evaluate(ref frame);
        return value.AsSet is { } elements ? elements.Elements.IsEmpty : frame.FailKind(source, value, ValueKind.Set);
    }
}
