using System.Collections.Immutable;

namespace RestateCloud.Cedar;

/// <summary>What <see cref="Validator"/> finds in a set of policies.</summary>
public sealed class ValidationResult
{
    internal ValidationResult(ImmutableArray<ValidationFinding> errors, ImmutableArray<ValidationFinding> warnings)
    {
        Errors = errors;
        Warnings = warnings;
    }

    /// <summary>
    /// Whether there are no errors. With entities and requests that conform, too, a policy then fails for two reasons only:
    /// numbers that overflow, and entities that are not in the store.
    /// </summary>
    public bool IsValid => Errors.IsEmpty;

    /// <summary>What makes the policies invalid, by policy in the order of the set; of each policy at most 100 errors.</summary>
    public ImmutableArray<ValidationFinding> Errors { get; }

    /// <summary>What is valid but hardly meant: a policy that can apply to no request.</summary>
    public ImmutableArray<ValidationFinding> Warnings { get; }
}
