using System.Collections.Concurrent;

namespace RestateCloud.Cedar.Tests.Corpus;

public sealed class CorpusDecisionTests
{
    [Fact]
    public void Every_request_of_the_corpus_is_decided_as_by_the_reference() =>
        Check(text => PolicySet.Parse(text));

    [Fact]
    public void Every_request_is_decided_the_same_after_the_policies_went_through_JSON_and_back_to_text() =>
        Check(text => PolicySet.Of(PolicySet.Parse(text).Policies.Select(policy => Policy.Parse(Policy.ParseJson(policy.ToJson()).ToString(), policy.Id))));

    [Fact]
    public void A_policy_of_the_corpus_prints_as_text_that_parses_to_the_same_policy()
    {
        Parallel.ForEach(CorpusArchive.Cases, test =>
        {
            foreach (var policy in PolicySet.Parse(test.Policies).Policies)
                Assert.Equal(policy.ToJson(), Policy.Parse(policy.ToString()).ToJson());
        });
    }

    private static void Check(Func<string, PolicySet> parse)
    {
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(CorpusArchive.Cases, test =>
        {
            var policies = parse(test.Policies);
            var entities = Entities.Parse(test.Entities);
            foreach (var expected in test.Requests)
            {
                var request = Request.Parse(expected.Json);
                var response = Authorizer.Authorize(request, entities, policies);
                if (response.Decision != expected.Decision
                    || !expected.Reasons.SetEquals(response.Reasons)
                    || !expected.Errors.SetEquals(response.Errors.Select(error => error.PolicyId))
                    || Authorizer.IsAllowed(request, entities, policies) != (expected.Decision == Decision.Allow))
                    wrong.Add($"{test.Name}: {expected.Json}: {response.Decision} {string.Join(", ", response.Errors.Select(error => error.Message))}");
            }
        });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} answers differ, such as {wrong.FirstOrDefault()}");
    }
}
