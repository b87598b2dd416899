using RestateCloud.Cedar.Authorization;
using RestateCloud.Cedar.Evaluation;

namespace RestateCloud.Cedar;

/// <summary>
/// Decides requests: denied unless a permit is satisfied, and denied whenever a forbid is. A policy that fails to evaluate
/// counts as not satisfied and is reported. Safe to use from any number of threads.
/// </summary>
public static class Authorizer
{
    /// <summary>Decides a request and says which policies determined it and which failed.</summary>
    public static Response Authorize(in Request request, Entities entities, PolicySet policies)
    {
        var frame = new Frame(request, entities);
        var collector = new ResponseCollector();
        policies.Index.Visit(ref frame, ref collector);
        return collector.ToResponse();
    }

    /// <summary>
    /// Decides a request without saying why, which never allocates on its own account and looks at no more policies than
    /// the decision needs.
    /// </summary>
    public static bool IsAllowed(in Request request, Entities entities, PolicySet policies)
    {
        var frame = new Frame(request, entities);
        var collector = new DecisionCollector();
        policies.Index.Visit(ref frame, ref collector);
        return collector.IsAllowed;
    }
}
