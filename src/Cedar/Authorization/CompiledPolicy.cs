using System.Collections.Immutable;
using RestateCloud.Cedar.Evaluation;

namespace RestateCloud.Cedar.Authorization;

internal enum Outcome
{
    NotSatisfied,
    Satisfied,
    Failed,
}

/// <summary>A policy in the form the authorizer works with.</summary>
/// <param name="order">Its place in the set.</param>
/// <param name="policy">The policy, whose slots are filled.</param>
internal sealed class CompiledPolicy(int order, Policy policy)
{
    private readonly Node[] _conditions = policy.CompiledConditions;

    public int Order { get; } = order;

    public Effect Effect { get; } = policy.Effect;

    public string Id { get; } = policy.Id;

    /// <summary>The reasons of a decision that this policy determines alone, made once.</summary>
    public ImmutableArray<string> AsOnlyReason { get; } = [policy.Id];

    public EntityScope Principal { get; } = EntityScope.Of(policy.Body.Principal);

    public ActionScope Action { get; } = ActionScope.Of(policy.Body.Action);

    public EntityScope Resource { get; } = EntityScope.Of(policy.Body.Resource);

    /// <summary>Whether all conditions hold. After a failure its reason is in the frame.</summary>
    public Outcome Evaluate(ref Frame frame)
    {
        for (var i = 0; i < _conditions.Length; i++)
        {
            var value = _conditions[i].Evaluate(ref frame);
            if (!value.IsBool)
            {
                frame.FailKind(policy.Body.Conditions[i].Body, value, ValueKind.Bool);
                return Outcome.Failed;
            }

            if (!value.IsTrue) return Outcome.NotSatisfied;
        }

        return Outcome.Satisfied;
    }
}
