using System.Collections.Immutable;
using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar.Evaluation;

internal sealed class AttributeNode(AttributeExpression source, Node target) : Node
{
    private readonly string _name = source.Name;

    public override CedarValue Evaluate(ref Frame frame)
    {
        var owner = target.Evaluate(ref frame);
        RecordValue? attributes = owner.AsRecord;
        if (attributes is null)
        {
            if (owner.AsEntity is not { } uid) return frame.FailKind(source.Target, owner);
            if (frame.Find(uid) is not { } entity) return frame.Fail(FailureReason.MissingEntity, source.Target, owner);
            attributes = entity.Attributes;
        }

        return attributes.TryGet(_name, out var value) ? value : frame.Fail(FailureReason.MissingAttribute, source, owner);
    }
}

/// <summary><c>has</c>: of a path, each step but the last must be there and can then be asked on; a step through no record or entity fails.</summary>
internal sealed class HasNode(HasExpression source, Node target) : Node
{
    private readonly ImmutableArray<string> _path = source.Path;

    public override CedarValue Evaluate(ref Frame frame)
    {
        var owner = target.Evaluate(ref frame);
        foreach (var name in _path)
        {
            var attributes = owner.AsRecord;
            if (attributes is null)
            {
                if (owner.AsEntity is not { } uid) return frame.FailKind(source.Target, owner);
                if (frame.Find(uid) is not { } entity) return false;
                attributes = entity.Attributes;
            }

            if (!attributes.TryGet(name, out owner)) return false;
        }

        return true;
    }
}

internal sealed class TagNode(BinaryExpression source, Node target, Node name) : Node
{
    private readonly bool _get = source.Operator == BinaryOperator.GetTag;

    public override CedarValue Evaluate(ref Frame frame)
    {
        var owner = target.Evaluate(ref frame);
        if (owner.AsEntity is not { } uid) return frame.FailKind(source.Left, owner, ValueKind.Entity);
        var tag = name.Evaluate(ref frame);
        if (tag.AsString is not { } key) return frame.FailKind(source.Right, tag, ValueKind.String);
        var entity = frame.Find(uid);
        if (!_get) return entity is not null && entity.Tags.Contains(key);
        if (entity is null) return frame.Fail(FailureReason.MissingEntity, source.Left, owner);
        return entity.Tags.TryGet(key, out var value) ? value : frame.Fail(FailureReason.MissingTag, source, owner);
    }
}

internal sealed class InNode(Expression leftSource, Expression rightSource, Node left, Node right) : Node
{
    public override CedarValue Evaluate(ref Frame frame)
    {
        var first = left.Evaluate(ref frame);
        if (first.AsEntity is not { } uid) return frame.FailKind(leftSource, first, ValueKind.Entity);
        var second = right.Evaluate(ref frame);
        if (second.AsEntity is { } ancestor) return IsIn(ref frame, uid, ancestor);
        if (second.AsSet is not { } ancestors) return frame.FailKind(rightSource, second);

        // One element that is no entity makes the whole an error, wherever it stands.
        var found = false;
        foreach (ref readonly var element in ancestors.Elements)
        {
            if (element.AsEntity is not { } candidate) return frame.FailKind(rightSource, element, ValueKind.Entity);
            found = found || IsIn(ref frame, uid, candidate);
        }

        return found;
    }

    private static bool IsIn(ref Frame frame, EntityUid uid, EntityUid ancestor) =>
        uid.Equals(ancestor) || (frame.Find(uid)?.IsBelow(ancestor) ?? false);
}

internal sealed class IsNode(IsExpression source, Node target) : Node
{
    private readonly string _type = source.EntityType;

    public override CedarValue Evaluate(ref Frame frame)
    {
        var value = target.Evaluate(ref frame);
        return value.AsEntity is { } uid ? uid.Type == _type : frame.FailKind(source.Target, value, ValueKind.Entity);
    }
}
