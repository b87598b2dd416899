using System.Collections.Concurrent;
using RestateCloud.Cedar.Tests.Corpus;

namespace RestateCloud.Cedar.Tests.Validation;

public sealed class CorpusVerdictTests
{
    [Fact]
    public void Every_policy_of_the_corpus_gets_the_verdict_of_the_reference()
    {
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(CorpusArchive.Cases, test =>
        {
            var result = Validator.Validate(PolicySet.Parse(test.Policies), Schema.Parse(test.Schema));
            if (result.IsValid != test.ShouldValidate)
                wrong.Add($"{test.Name} should be {(test.ShouldValidate ? "valid" : "invalid")}\n{string.Join('\n', result.Errors)}\n{test.Policies}");
        });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} verdicts differ, such as {wrong.MinBy(text => text.Length)}");
    }

    [Fact]
    public void Entities_and_requests_of_the_corpus_conform_to_their_schema_and_are_decided_the_same_with_it()
    {
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(CorpusArchive.Cases, test =>
        {
            var schema = Schema.Parse(test.Schema);
            var policies = PolicySet.Parse(test.Policies);
            var entities = Entities.Parse(test.Entities, schema);
            foreach (var expected in test.Requests)
            {
                var request = Request.Parse(expected.Json, schema);
                var response = Authorizer.Authorize(request, entities, policies);
                if (response.Decision != expected.Decision || !expected.Reasons.SetEquals(response.Reasons)
                    || !expected.Errors.SetEquals(response.Errors.Select(error => error.PolicyId)))
                    wrong.Add($"{test.Name}: {expected.Json}");
            }
        });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} answers differ, such as {wrong.FirstOrDefault()}");
    }
}
