namespace RestateCloud.Cedar.Tests.Authorization;

public sealed class AllocationTests
{
    private const string Roles = """
        permit(principal == Key::"k1", action in [Action::"invoke", Action::"read"], resource == Environment::"e1");
        permit(principal == Key::"k2", action == Action::"read", resource == Environment::"e1");
        permit(principal in Team::"t", action, resource) when { principal.level >= 3 && resource has owner && resource.owner.name like "a*" };
        permit(principal, action, resource) when { context has ip && context.ip.isInRange(ip("10.0.0.0/8")) && ["a", "b"].contains(context.tier) };
        forbid(principal, action == Action::"invoke", resource == Environment::"suspended");
        """;

    private static readonly EntityUid Invoke = new("Action", "invoke");
    private static readonly EntityUid Environment = new("Environment", "e1");

    [Fact]
    public void A_decision_by_names_alone_allocates_nothing() =>
        AssertFree(new Request(new EntityUid("Key", "k1"), Invoke, Environment), Entities.None, Decision.Allow);

    [Fact]
    public void A_denial_allocates_nothing() =>
        AssertFree(new Request(new EntityUid("Key", "k9"), Invoke, Environment), Entities.None, Decision.Deny);

    [Fact]
    public void A_decision_by_attributes_allocates_nothing()
    {
        var entities = Entities.Parse("""
            [{"uid":{"type":"User","id":"a"},"attrs":{"level":5},"parents":[{"type":"Team","id":"t"}]},
             {"uid":{"type":"Environment","id":"e1"},"attrs":{"owner":{"__entity":{"type":"User","id":"o"}}},"parents":[]},
             {"uid":{"type":"User","id":"o"},"attrs":{"name":"anna"},"parents":[]}]
            """);
        AssertFree(new Request(new EntityUid("User", "a"), Invoke, Environment), entities, Decision.Allow);
    }

    [Fact]
    public void A_decision_by_a_context_that_is_there_already_allocates_nothing()
    {
        var context = Request.ParseContext("""{"ip":{"__extn":{"fn":"ip","arg":"10.1.2.3"}},"tier":"b"}""");
        AssertFree(new Request(new EntityUid("User", "x"), Invoke, Environment, context), Entities.None, Decision.Allow);
    }

    private static void AssertFree(Request request, Entities entities, Decision expected)
    {
        var policies = PolicySet.Parse(Roles);
        var decision = Authorizer.Authorize(request, entities, policies).Decision;

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            decision = Authorizer.Authorize(request, entities, policies).Decision;
            Authorizer.IsAllowed(request, entities, policies);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(expected, decision);
    }
}
