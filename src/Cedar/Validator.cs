using System.Collections.Immutable;
using RestateCloud.Cedar.Validation;

namespace RestateCloud.Cedar;

/// <summary>
/// Checks policies, entities and requests against a schema. Policies are checked in the language's strict mode, with the
/// verdict of cedar-policy 4.10. Safe for use by many threads.
/// </summary>
public static class Validator
{
    /// <summary>
    /// Checks every policy, template and link: names that are not declared, attributes that are not there or may be absent,
    /// operators on values of other types, comparisons that never hold, extension literals that do not parse.
    /// </summary>
    /// <param name="policies">The policies.</param>
    /// <param name="schema">What they may refer to.</param>
    /// <param name="cancellation">Ends the check early; a policy is checked in each kind of request it may apply to, so that a large schema can take long.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static ValidationResult Validate(PolicySet policies, Schema schema, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(schema);
        var errors = ImmutableArray.CreateBuilder<ValidationFinding>();
        var warnings = ImmutableArray.CreateBuilder<ValidationFinding>();
        foreach (var policy in policies.Policies)
        {
            var validator = new PolicyValidator(policy, schema.Model, cancellation);
            validator.Validate();
            errors.AddRange(validator.Errors);
            warnings.AddRange(validator.Warnings);
        }

        return new ValidationResult(errors.ToImmutable(), warnings.ToImmutable());
    }

    /// <summary>Why an entity does not conform to a schema, or null where it does.</summary>
    public static string? FindFault(Entity entity, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(schema);
        return schema.Model.FindFault(entity);
    }

    /// <summary>Why a request does not conform to a schema, or null where it does.</summary>
    public static string? FindFault(in Request request, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return schema.Model.FindFault(request);
    }
}
