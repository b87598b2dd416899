using RestateCloud.Cedar.Authorization;
using RestateCloud.Cedar.Evaluation;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar;

/// <summary>A policy whose condition had no value for a request: an attribute was missing, a number overflowed, a type was wrong.</summary>
public readonly struct PolicyError
{
    private readonly EvaluationFailure _failure;

    internal PolicyError(CompiledPolicy policy, in EvaluationFailure failure)
    {
        PolicyId = policy.Id;
        Order = policy.Order;
        _failure = failure;
    }

    /// <summary>The policy's id.</summary>
    public string PolicyId { get; }

    /// <summary>What went wrong, made when asked for, at most 2,000 characters. It can hold values of the request and of entities.</summary>
    public string Message => SourceExcerpt.Shorten($"{PolicyId}: {_failure}");

    /// <summary>The policy's place in its set.</summary>
    internal int Order { get; }
}
