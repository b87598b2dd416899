using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Extensions;

namespace RestateCloud.Cedar.Evaluation;

internal sealed class LikeNode(LikeExpression source, Node target) : Node
{
    private readonly Pattern _pattern = source.Pattern;

    public override CedarValue Evaluate(ref Frame frame)
    {
        var value = target.Evaluate(ref frame);
        return value.AsString is { } text ? _pattern.Matches(text) : frame.FailKind(source.Target, value, ValueKind.String);
    }
}

/// <summary>A call of an extension function or method with one argument or two: there are none with more.</summary>
internal sealed class CallNode(CallExpression source, Node first, Node? second) : Node
{
    private readonly ExtensionFunction _function = source.Function;

    public override CedarValue Evaluate(ref Frame frame)
    {
        var one = first.Evaluate(ref frame);
        if (one.Kind != _function.Parameters[0]) return frame.FailKind(source.Arguments[0], one, _function.Parameters[0]);
        CedarValue two = default;
        if (second is not null)
        {
            two = second.Evaluate(ref frame);
            if (two.Kind != _function.Parameters[1]) return frame.FailKind(source.Arguments[1], two, _function.Parameters[1]);
        }

        var result = _function.Invoke(one, two);
        return result.IsNone ? frame.Fail(FailureReason.NoResult, source, one) : result;
    }
}

/// <summary>A call with a wrong number of arguments: no error of the text, but one whenever it is evaluated.</summary>
internal sealed class WrongCallNode(CallExpression source) : Node
{
    public override CedarValue Evaluate(ref Frame frame) => frame.Fail(FailureReason.WrongArgumentCount, source, default);
}
