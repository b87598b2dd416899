using System.Text.Json;
using RestateCloud.Cedar.Tests.Oracle;
using RestateCloud.Cedar.Tests.Schemas;

namespace RestateCloud.Cedar.Tests.Validation;

/// <summary>
/// Generated schemas with policies, entities and requests, judged here and by the reference.
/// <c>CEDAR_DIFFERENTIAL_SCHEMAS</c> sets how many, and <c>CEDAR_DIFFERENTIAL_SEED</c> where to start: a failure names the
/// seed that repeats it.
/// </summary>
public sealed class ValidationDifferentialTests(CedarWasm reference)
{
    private const int OrdinarySchemas = 400;

    [Fact]
    public async Task Generated_schemas_policies_entities_and_requests_are_judged_as_by_the_reference()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var first = DifferentialSettings.Seed;
        for (var seed = first; seed < first + DifferentialSettings.Schemas(OrdinarySchemas); seed++)
        {
            var choices = new Choices(seed);
            if (await DifferenceAsync(GeneratedValidation.From(choices), cancellation) is null) continue;
            var smallest = await Shrinking.ShrinkAsync(
                choices.Made, async made => await DifferenceAsync(GeneratedValidation.From(new Choices(made)), cancellation) is not null);
            var program = GeneratedValidation.From(new Choices(smallest));
            Assert.Fail($"seed {seed}: {await DifferenceAsync(program, cancellation)}\n{program}");
        }
    }

    private async Task<string?> DifferenceAsync(GeneratedValidation program, CancellationToken cancellation)
    {
        if (await reference.AskAsync("checkParseSchema", program.SchemaValue, cancellation) is not { } parsed) return null;
        Schema? schema = null;
        var fault = "";
        try
        {
            schema = program.ParseSchema();
        }
        catch (CedarParseException error)
        {
            fault = error.Message;
        }

        if (IsSuccess(parsed) != schema is not null) return $"the reference reads the schema as {parsed}, we: {fault}";
        if (schema is null) return null;

        var policies = program.ParsePolicies();
        return await DifferenceOfVerdictAsync(program.ValidationCall, policies, schema, cancellation)
            ?? await DifferenceInOtherSyntaxAsync(program, policies, cancellation)
            ?? await DifferenceOfEntitiesAsync(program, schema, cancellation)
            ?? await DifferenceOfAnswerAsync(program, policies, schema, cancellation);
    }

    private async Task<string?> DifferenceOfVerdictAsync(string call, PolicySet policies, Schema schema, CancellationToken cancellation)
    {
        if (await reference.AskAsync("validate", call, cancellation) is not { } answer) return null;
        var result = Validator.Validate(policies, schema, cancellation);
        var expected = Ids(answer.GetProperty("validationErrors"));
        if (!expected.SetEquals(result.Errors.Select(error => error.PolicyId)))
            return $"the reference finds {answer.GetProperty("validationErrors")}\nwe find {string.Join('\n', result.Errors)}";

        // Where a policy has errors, both may or may not say that it is impossible, too.
        var impossible = Ids(answer.GetProperty("validationWarnings"), "impossible").Except(expected);
        return impossible.ToHashSet().SetEquals(result.Warnings.Select(warning => warning.PolicyId).Except(expected))
            ? null
            : $"the reference warns {answer.GetProperty("validationWarnings")}\nwe warn {string.Join('\n', result.Warnings)}";
    }

    /// <summary>The reference's own translation of the schema into the other syntax must mean the same to us.</summary>
    private async Task<string?> DifferenceInOtherSyntaxAsync(GeneratedValidation program, PolicySet policies, CancellationToken cancellation)
    {
        var method = program.IsJson ? "schemaToText" : "schemaToJson";
        if (await reference.AskAsync(method, program.SchemaValue, cancellation) is not { } translated || !IsSuccess(translated)) return null;
        try
        {
            var schema = program.IsJson
                ? Schema.Parse(translated.GetProperty("text").GetString()!)
                : Schema.ParseJson(translated.GetProperty("json").GetRawText());
            return await DifferenceOfVerdictAsync(program.ValidationCall, policies, schema, cancellation) is { } difference ? $"translated, {difference}" : null;
        }
        catch (CedarParseException error)
        {
            return $"the translation {translated} is refused: {error.Message}";
        }
    }

    private async Task<string?> DifferenceOfEntitiesAsync(GeneratedValidation program, Schema schema, CancellationToken cancellation)
    {
        if (await reference.AskAsync("checkParseEntities", program.EntitiesCall, cancellation) is not { } answer) return null;
        try
        {
            Entities.Parse(program.Entities, schema);
            return IsSuccess(answer) ? null : $"the reference refuses the entities: {answer}";
        }
        catch (CedarParseException error)
        {
            return IsSuccess(answer) ? $"the reference reads the entities, we refuse them: {error.Message}" : null;
        }
    }

    private async Task<string?> DifferenceOfAnswerAsync(GeneratedValidation program, PolicySet policies, Schema schema, CancellationToken cancellation)
    {
        if (await reference.AskAsync("isAuthorized", program.AuthorizationCall, cancellation) is not { } answer) return null;
        try
        {
            var response = Authorizer.Authorize(Request.Parse(program.RequestValue, schema), Entities.Parse(program.Entities, schema), policies);
            if (!IsSuccess(answer)) return $"the reference refuses the request: {answer}\nwe say {response.Decision}";
            var expected = answer.GetProperty("response");
            var diagnostics = expected.GetProperty("diagnostics");
            return (expected.GetProperty("decision").GetString() == "allow") == (response.Decision == Decision.Allow)
                && Ids(diagnostics.GetProperty("errors")).SetEquals(response.Errors.Select(error => error.PolicyId))
                ? null
                : $"the reference says {answer}\nwe say {response.Decision} {string.Join('\n', response.Errors.Select(error => error.Message))}";
        }
        catch (CedarParseException error)
        {
            return IsSuccess(answer) ? $"the reference answers, we refuse: {error.Message}" : null;
        }
    }

    private static bool IsSuccess(JsonElement answer) => answer.GetProperty("type").GetString() == "success";

    private static HashSet<string> Ids(JsonElement findings, string about = "") => [.. findings.EnumerateArray()
        .Where(finding => finding.GetRawText().Contains(about, StringComparison.Ordinal))
        .Select(finding => finding.GetProperty("policyId").GetString()!)];
}
