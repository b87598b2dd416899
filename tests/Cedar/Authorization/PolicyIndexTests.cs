using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Authorization;

/// <summary>The index against the plain way: a set of one policy each cannot leave any out.</summary>
public sealed class PolicyIndexTests
{
    [Fact]
    public void The_index_finds_exactly_the_policies_that_match_one_by_one()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var choices = new Choices(seed);
            var entities = Entities.Of(Enumerable.Range(0, 6).Select(i => new Entity(
                new EntityUid("T" + i % 2, "e" + i), parents: choices.Some(3, () => new EntityUid("T" + choices.Below(2), "e" + (i + 1 + choices.Below(5)))))));
            var policies = PolicySet.Parse(string.Concat(Enumerable.Range(0, 1 + choices.Below(40)).Select(_ =>
                $"{choices.Of("permit", "permit", "forbid")}({Scope("principal")}, {Action()}, {Scope("resource")});\n")));
            var request = new Request(Uid(), choices.Of(new EntityUid("Action", "a"), new EntityUid("Action", "b")), Uid());

            var alone = policies.Policies.Where(policy => Satisfied(policy, request, entities)).ToList();
            var forbids = alone.Where(policy => policy.Effect == Effect.Forbid).ToList();
            var response = Authorizer.Authorize(request, entities, policies);
            Assert.Equal((forbids.Count > 0 ? forbids : alone).Select(policy => policy.Id), response.Reasons);
            Assert.Equal(response.Decision == Decision.Allow, Authorizer.IsAllowed(request, entities, policies));

            EntityUid Uid() => new("T" + choices.Below(2), "e" + choices.Below(12));

            string Scope(string variable) => variable + choices.Below(5) switch
            {
                0 => "",
                1 => $" == {Uid()}",
                2 => $" in {Uid()}",
                3 => $" is T{choices.Below(2)}",
                _ => $" is T{choices.Below(2)} in {Uid()}",
            };

            string Action() => "action" + choices.Of("", " == Action::\"a\"", " in Action::\"b\"", " in [Action::\"a\", Action::\"b\"]", " in []");
        }
    }

    private static bool Satisfied(Policy policy, Request request, Entities entities) =>
        Authorizer.Authorize(request, entities, PolicySet.Of(policy)).Reasons.Contains(policy.Id);
}
