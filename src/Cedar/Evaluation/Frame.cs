using System.Runtime.CompilerServices;
using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Hierarchy;
using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar.Evaluation;

/// <summary>
/// What a condition is evaluated against, on the caller's stack. A failure is left here and the value returned is
/// <c>default</c>: a thrown exception would cost more than many decisions, and policies that fail are ordinary.
/// </summary>
internal ref struct Frame(in Request request, Entities entities)
{
    public readonly EntityUid Principal = request.Principal;
    public readonly EntityUid Action = request.Action;
    public readonly EntityUid Resource = request.Resource;
    public readonly RecordValue Context = request.ContextRecord;

    public readonly EntityNode? PrincipalNode = entities.Find(request.Principal);
    public readonly EntityNode? ActionNode = entities.Find(request.Action);
    public readonly EntityNode? ResourceNode = entities.Find(request.Resource);

    public EvaluationFailure Failure;

    private readonly Entities _entities = entities;

    /// <summary>The entity of a uid. Those of the request are known already and need no look into the store.</summary>
    public readonly EntityNode? Find(EntityUid uid)
    {
        if (ReferenceEquals(uid, Principal)) return PrincipalNode;
        if (ReferenceEquals(uid, Resource)) return ResourceNode;
        if (ReferenceEquals(uid, Action)) return ActionNode;
        return _entities.Find(uid);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public CedarValue Fail(FailureReason reason, Expression source, in CedarValue operand, ValueKind expected = ValueKind.None)
    {
        Failure = new EvaluationFailure(reason, source, operand, expected);
        return default;
    }

    /// <summary>Fails for a value of a wrong kind, unless the value is itself a failure that has been recorded already.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public CedarValue FailKind(Expression source, in CedarValue operand, ValueKind expected = ValueKind.None) =>
        operand.IsNone ? default : Fail(FailureReason.WrongKind, source, operand, expected);
}
