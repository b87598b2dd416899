using System.Text.Json;
using RestateCloud.Cedar.Tests.Differential;
using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Validation;

/// <summary>Generated schemas with policies, entities and requests, judged here and by the reference.</summary>
public sealed class ValidationDifferentialTests(CedarWasm reference)
{
    private const int OrdinarySchemas = 400;

    /// <summary>Has the names the generator of policies uses that knows of no schema.</summary>
    private const string Fixed = """
        type R = { a: Long, b?: { c?: Bool, a?: Long }, boss?: User };
        entity Group in [Group] { a?: String };
        entity User in [Group] { a: Long, b?: String, flag: Bool, n: Long, r: R, boss?: User, "c d"?: Set<Long>, principal?: R, ""?: User } tags String;
        namespace App { entity Doc in [Group, Doc] { a?: Long, flag?: Bool, n: Long, r?: R } tags Set<String>; action c appliesTo { principal: User, resource: Doc }; }
        namespace _x9 { entity Person; }
        action g;
        action a, b in [g] appliesTo {
            principal: [User, Group], resource: [User, App::Doc],
            context: { flag: Bool, a?: Long, b?: String, r: R, n: Long, boss?: User, set: Set<Long>, t: datetime, d: decimal, "c d"?: Bool },
        };
        """;

    [Fact]
    public Task Generated_schemas_policies_entities_and_requests_are_judged_as_by_the_reference() =>
        DifferentialRun.ForEachAsync(OrdinarySchemas, async (choices, cancellation) =>
        {
            var program = GeneratedValidation.From(choices);
            return await DifferenceAsync(program, cancellation) is { } difference ? $"{difference}\n{program}" : null;
        });

    [Fact]
    public Task Policies_written_without_a_look_at_the_schema_get_the_verdict_of_the_reference()
    {
        var schema = Schema.Parse(Fixed);
        return DifferentialRun.ForEachAsync(OrdinarySchemas, async (choices, cancellation) =>
        {
            var (text, isTemplate) = new PolicyGenerator(choices).Policy();
            PolicySet policies;
            try
            {
                policies = PolicySet.Of(Policy.Parse(text));
            }
            catch (CedarParseException)
            {
                return null;
            }

            var kind = isTemplate ? "templates" : "staticPolicies";
            var call = $"{{\"schema\":{JsonSerializer.Serialize(Fixed)},\"policies\":{{\"{kind}\":{{\"policy0\":{JsonSerializer.Serialize(text)}}}}}}}";
            return await DifferenceOfVerdictAsync(call, policies, schema, cancellation) is { } difference ? $"{difference}\n{text}" : null;
        });
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
