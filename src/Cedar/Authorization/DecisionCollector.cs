using RestateCloud.Cedar.Evaluation;

namespace RestateCloud.Cedar.Authorization;

/// <summary>Finds only the decision: the first satisfied forbid ends it, and after a satisfied permit no other is evaluated.</summary>
internal struct DecisionCollector : IPolicyVisitor
{
    public bool IsAllowed { get; private set; }

    public bool Visit(CompiledPolicy policy, ref Frame frame)
    {
        if (policy.Effect == Effect.Permit)
        {
            IsAllowed = IsAllowed || policy.Evaluate(ref frame) == Outcome.Satisfied;
            return true;
        }

        if (policy.Evaluate(ref frame) != Outcome.Satisfied) return true;
        IsAllowed = false;
        return false;
    }
}
