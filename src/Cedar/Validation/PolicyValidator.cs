using System.Collections.Immutable;
using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Schemas;

namespace RestateCloud.Cedar.Validation;

/// <summary>Checks one policy: the names in it, its scope, and its conditions in every kind of request the scope can match.</summary>
internal sealed class PolicyValidator
{
    private readonly Policy _policy;
    private readonly SchemaModel _schema;
    private readonly CancellationToken _cancellation;
    private readonly ScopeRules _scope;
    private readonly FindingCollector _errors;
    private readonly FindingCollector _warnings;

    public PolicyValidator(Policy policy, SchemaModel schema, CancellationToken cancellation)
    {
        _policy = policy;
        _schema = schema;
        _cancellation = cancellation;
        _scope = new ScopeRules(schema, policy.Body);
        _errors = new FindingCollector(policy);
        _warnings = new FindingCollector(policy);
    }

    public ImmutableArray<ValidationFinding> Errors => _errors.Findings;

    public ImmutableArray<ValidationFinding> Warnings => _warnings.Findings;

    public void Validate()
    {
        var names = new NameRules(_schema, _errors);
        if (_policy.Link is { } link)
        {
            // The conditions are those of the template, and are checked with it.
            names.CheckLinked(link.Principal);
            names.CheckLinked(link.Resource);
            if (_errors.IsEmpty) _scope.Check(_errors);
            return;
        }

        names.Check(_policy.Body);
        if (_errors.IsEmpty) _scope.Check(_errors);
        CheckConditions();
    }

    private void CheckConditions()
    {
        var conditions = _policy.Body.Conditions.Select(condition => condition.AsRequirement()).ToArray();
        var shapes = new Shapes();
        var scope = new ScopeRules(_schema, _policy.Body, unknownMatches: true);
        var possible = false;
        foreach (var environment in Environments(scope, new VariableUse(conditions)))
        {
            _cancellation.ThrowIfCancellationRequested();
            possible |= CanHold(new TypeChecker(_schema, environment, shapes, _errors), conditions);
            if (_errors.IsFull) return;
        }

        if (!possible) _warnings.Add("this policy applies to no request that conforms to the schema");
    }

    /// <summary>Checks conditions in a row, each knowing what those before it found out; says whether all of them can hold.</summary>
    private static bool CanHold(TypeChecker checker, ReadOnlySpan<Expression> conditions)
    {
        var known = CapabilitySet.Empty;
        foreach (var condition in conditions)
        {
            var result = checker.Expect(condition, known, ValueKind.Bool);
            if (result.IsFalse) return false;
            known = known.Union(result.Known);
        }

        return true;
    }

    /// <summary>The kinds of requests the scope can match, of those that are alike in all the conditions mention only one.</summary>
    private IEnumerable<RequestEnvironment> Environments(ScopeRules scope, VariableUse use)
    {
        var seen = new HashSet<(string?, EntityUid?, string?, RecordType?)>();
        foreach (var action in _schema.Actions.Values.Where(scope.Allows))
        {
            var resources = Distinct(action.Resources.Where(scope.AllowsResource), use[RequestVariable.Resource]).ToArray();
            foreach (var principal in Distinct(action.Principals.Where(scope.AllowsPrincipal), use[RequestVariable.Principal]))
            {
                foreach (var resource in resources)
                {
                    var key = (
                        use[RequestVariable.Principal] ? principal : null,
                        use[RequestVariable.Action] ? action.Uid : null,
                        use[RequestVariable.Resource] ? resource : null,
                        use[RequestVariable.Context] ? action.Context : null);
                    if (seen.Add(key)) yield return new RequestEnvironment(principal, action, resource);
                }
            }
        }
    }

    private static IEnumerable<string> Distinct(IEnumerable<string> types, bool matters) => matters ? types : types.Take(1);
}
