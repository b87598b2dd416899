using System.Text.Json;
using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Differential;

/// <summary>Generated programs, decided here and by the reference.</summary>
public sealed class DecisionDifferentialTests(CedarWasm reference)
{
    private const int OrdinaryPrograms = 1_000;

    [Fact]
    public Task Generated_programs_are_read_and_decided_as_by_the_reference() => DifferentialRun.ForEachAsync(
        OrdinaryPrograms, (choices, cancellation) => DifferenceAsync(GeneratedProgram.From(choices), cancellation));

    [Fact]
    public void Most_generated_programs_get_as_far_as_a_decision_and_decisions_vary()
    {
        var outcomes = Enumerable.Range(1, OrdinaryPrograms).Select(seed => Answer.Of(GeneratedProgram.From(new Choices(seed)), out _).Outcome).ToList();

        Assert.InRange(outcomes.Count(outcome => outcome == "refused"), 50, 400);
        Assert.InRange(outcomes.Count(outcome => outcome.StartsWith("allow", StringComparison.Ordinal)), 70, 500);
        Assert.InRange(outcomes.Count(outcome => outcome.Contains("errors in p", StringComparison.Ordinal)), 100, 500);
    }

    private async Task<string?> DifferenceAsync(GeneratedProgram program, CancellationToken cancellation)
    {
        if (await reference.AskAsync("isAuthorized", program.Call(program.PolicySet()), cancellation) is not { } answer) return null;
        var expected = Answer.Of(answer);
        var actual = Answer.Of(program, out var policies);
        if (actual != expected) return $"the reference says {expected}: {answer}\nwe say {actual}: {actual.Detail}\n{program}";
        if (policies is null) return null;

        // What we write as JSON, the reference has to read and decide alike; and so have we, read back and printed.
        var json = policies.ToJson();
        if (await reference.AskAsync("isAuthorized", program.Call(json), cancellation) is { } again && Answer.Of(again) != expected)
            return $"from our JSON the reference says {again}\n{json}\n{program}";
        var printed = PolicySet.Of(PolicySet.ParseJson(json).Policies.Where(policy => policy.TemplateId is null).Select(policy => Policy.Parse(policy.ToString(), policy.Id)));
        return printed.ToJson() == PolicySet.Of(policies.Policies.Where(policy => policy.TemplateId is null).OrderBy(policy => policy.IsTemplate)).ToJson()
            ? null
            : $"printed and parsed, the policies are {printed}\n{printed.ToJson()}\nand were {json}";
    }

    /// <summary>The outcome as far as both must agree: messages may differ.</summary>
    private sealed record Answer(string Outcome)
    {
        public string Detail { get; private init; } = "";

        public bool Equals(Answer? other) => Outcome == other?.Outcome;

        public override int GetHashCode() => Outcome.GetHashCode(StringComparison.Ordinal);

        public static Answer Of(JsonElement answer)
        {
            if (answer.GetProperty("type").GetString() == "failure") return new Answer("refused");
            var response = answer.GetProperty("response");
            var diagnostics = response.GetProperty("diagnostics");
            return Of(
                response.GetProperty("decision").GetString()!,
                diagnostics.GetProperty("reason").EnumerateArray().Select(id => id.GetString()!),
                diagnostics.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("policyId").GetString()!));
        }

        public static Answer Of(GeneratedProgram program, out PolicySet? policies)
        {
            policies = null;
            try
            {
                var set = program.Text is { } text
                    ? PolicySet.Parse(text)
                    : PolicySet.Of(program.Policies.Select((policy, i) => Policy.Parse(policy.Text, $"policy{i}")));
                set = set.With(Links(program.Links, set).ToList());
                var request = Request.Parse(program.Request());
                var entities = Entities.Parse(program.Entities);
                var response = Authorizer.Authorize(request, entities, set);
                policies = set;
                var decision = response.Decision == Decision.Allow ? "allow" : "deny";
                var alone = Authorizer.IsAllowed(request, entities, set) ? "allow" : "deny";
                var answer = Of(decision == alone ? decision : "two decisions", response.Reasons, response.Errors.Select(error => error.PolicyId));
                return answer with { Detail = string.Join("\n", response.Errors.Select(error => error.Message)) };
            }
            catch (Exception error) when (error is CedarParseException or ArgumentException)
            {
                return new Answer("refused") { Detail = error.Message };
            }
        }

        private static Answer Of(string decision, IEnumerable<string> reasons, IEnumerable<string> errors) =>
            new($"{decision} for {string.Join(", ", reasons.Order(StringComparer.Ordinal))} with errors in {string.Join(", ", errors.Order(StringComparer.Ordinal))}");

        private static IEnumerable<Policy> Links(string json, PolicySet set)
        {
            using var document = JsonDocument.Parse(json);
            foreach (var link in document.RootElement.EnumerateArray())
            {
                var values = link.GetProperty("values");
                Assert.True(set.TryGet(link.GetProperty("templateId").GetString()!, out var template));
                yield return template.LinkTo(link.GetProperty("newId").GetString()!, Value("?principal"), Value("?resource"));

                EntityUid? Value(string slot) => values.TryGetProperty(slot, out var uid)
                    ? new EntityUid(uid.GetProperty("type").GetString()!, uid.GetProperty("id").GetString()!)
                    : null;
            }
        }
    }
}
