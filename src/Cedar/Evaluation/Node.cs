using RestateCloud.Cedar.Expressions;

namespace RestateCloud.Cedar.Evaluation;

/// <summary>A condition compiled: a tree of nodes, each of which knows its one operation. Immutable and shared by all threads.</summary>
internal abstract class Node
{
    /// <summary>The value, or <c>default</c> after leaving the reason in the frame.</summary>
    public abstract CedarValue Evaluate(ref Frame frame);
}

/// <summary>A value known when the policy was compiled.</summary>
internal sealed class ConstantNode(CedarValue value) : Node
{
    public override CedarValue Evaluate(ref Frame frame) => value;
}

internal sealed class PrincipalNode : Node
{
    public override CedarValue Evaluate(ref Frame frame) => frame.Principal;
}

internal sealed class ActionNode : Node
{
    public override CedarValue Evaluate(ref Frame frame) => frame.Action;
}

internal sealed class ResourceNode : Node
{
    public override CedarValue Evaluate(ref Frame frame) => frame.Resource;
}

internal sealed class ContextNode : Node
{
    public override CedarValue Evaluate(ref Frame frame) => CedarValue.Of(frame.Context);
}

internal sealed class IfNode(IfExpression source, Node condition, Node then, Node otherwise) : Node
{
    public override CedarValue Evaluate(ref Frame frame)
    {
        var decided = condition.Evaluate(ref frame);
        if (!decided.IsBool) return frame.FailKind(source.Condition, decided, ValueKind.Bool);
        return decided.IsTrue ? then.Evaluate(ref frame) : otherwise.Evaluate(ref frame);
    }
}
