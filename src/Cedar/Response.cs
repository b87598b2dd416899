using System.Collections.Immutable;

namespace RestateCloud.Cedar;

/// <summary>
/// A decision with what led to it. No allocation where at most one policy determines it and none fails; use
/// <see cref="Authorizer.IsAllowed"/> where only the decision counts.
/// </summary>
public readonly struct Response
{
    private readonly ImmutableArray<string> _reasons;
    private readonly ImmutableArray<PolicyError> _errors;

    internal Response(Decision decision, ImmutableArray<string> reasons, ImmutableArray<PolicyError> errors)
    {
        Decision = decision;
        _reasons = reasons;
        _errors = errors;
    }

    /// <summary>Whether the request is allowed.</summary>
    public Decision Decision { get; }

    /// <summary>
    /// The ids of the policies that determine the decision, in the order of the set: the satisfied forbids if there are any,
    /// else the satisfied permits; none where nothing permitted.
    /// </summary>
    public ImmutableArray<string> Reasons => _reasons.IsDefault ? [] : _reasons;

    /// <summary>The policies whose conditions could not be evaluated, in the order of the set; they took no part in the decision.</summary>
    public ImmutableArray<PolicyError> Errors => _errors.IsDefault ? [] : _errors;
}
