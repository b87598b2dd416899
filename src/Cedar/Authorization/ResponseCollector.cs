using System.Collections.Immutable;
using RestateCloud.Cedar.Evaluation;

namespace RestateCloud.Cedar.Authorization;

/// <summary>Finds the decision, the policies that determine it and those that failed. Allocates only from the second of a kind on.</summary>
internal struct ResponseCollector : IPolicyVisitor
{
    private SatisfiedPolicies _permits;
    private SatisfiedPolicies _forbids;
    private ImmutableArray<PolicyError>.Builder? _errors;

    public bool Visit(CompiledPolicy policy, ref Frame frame)
    {
        switch (policy.Evaluate(ref frame))
        {
            case Outcome.Satisfied when policy.Effect == Effect.Forbid:
                _forbids.Add(policy);
                break;
            case Outcome.Satisfied:
                _permits.Add(policy);
                break;
            case Outcome.Failed:
                (_errors ??= ImmutableArray.CreateBuilder<PolicyError>()).Add(new PolicyError(policy, frame.Failure));
                break;
        }

        return true;
    }

    public readonly Response ToResponse()
    {
        _errors?.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        var errors = _errors?.ToImmutable() ?? [];
        return _forbids.IsEmpty && !_permits.IsEmpty
            ? new Response(Decision.Allow, _permits.Ids(), errors)
            : new Response(Decision.Deny, _forbids.Ids(), errors);
    }

    private struct SatisfiedPolicies
    {
        private CompiledPolicy? _first;
        private List<CompiledPolicy>? _all;

        public readonly bool IsEmpty => _first is null;

        public void Add(CompiledPolicy policy)
        {
            if (_first is null) _first = policy;
            else (_all ??= [_first]).Add(policy);
        }

        public readonly ImmutableArray<string> Ids()
        {
            if (_all is null) return _first?.AsOnlyReason ?? [];
            _all.Sort(static (a, b) => a.Order.CompareTo(b.Order));
            return [.. _all.Select(policy => policy.Id)];
        }
    }
}
