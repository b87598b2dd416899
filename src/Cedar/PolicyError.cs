using RestateCloud.Cedar.Evaluation;

namespace RestateCloud.Cedar;

/// <summary>A policy whose condition had no value for a request: an attribute was missing, a number overflowed, a type was wrong.</summary>
public readonly struct PolicyError
{
    private readonly EvaluationFailure _failure;

    internal PolicyError(string policyId, in EvaluationFailure failure)
    {
        PolicyId = policyId;
        _failure = failure;
    }

    /// <summary>The policy's id.</summary>
    public string PolicyId { get; }

    /// <summary>What went wrong, made when asked for. It can hold values of the request and of entities.</summary>
    public string Message => $"{PolicyId}: {_failure}";
}
