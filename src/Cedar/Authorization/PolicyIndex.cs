using RestateCloud.Cedar.Evaluation;
using RestateCloud.Cedar.Hierarchy;

namespace RestateCloud.Cedar.Authorization;

/// <summary>
/// Finds the policies whose scope can match a request without looking at the others. Each policy is filed once, under
/// what its scope asks for that the fewest policies of the set ask for; a request then looks under its principal, action and
/// resource, all they are in, and their types.
/// </summary>
internal sealed class PolicyIndex
{
    private readonly CompiledPolicy[] _all;
    private readonly CompiledPolicy[] _unconstrained;
    private readonly Dictionary<EntityUid, CompiledPolicy[]> _byPrincipal;
    private readonly Dictionary<EntityUid, CompiledPolicy[]> _byAction;
    private readonly Dictionary<EntityUid, CompiledPolicy[]> _byResource;
    private readonly Dictionary<string, CompiledPolicy[]> _byPrincipalType;
    private readonly Dictionary<string, CompiledPolicy[]> _byResourceType;

    public PolicyIndex(IEnumerable<Policy> policies)
    {
        _all = [.. policies.Select((policy, order) => new CompiledPolicy(order, policy))];
        var filing = new PolicyFiling(_all);
        _unconstrained = [.. filing.Unconstrained];
        _byPrincipal = filing.ByPrincipal.ToArrays();
        _byAction = filing.ByAction.ToArrays();
        _byResource = filing.ByResource.ToArrays();
        _byPrincipalType = filing.ByPrincipalType.ToArrays();
        _byResourceType = filing.ByResourceType.ToArrays();
    }

    /// <summary>Shows the visitor every policy whose scope matches, each once, until it has seen enough.</summary>
    public void Visit<TVisitor>(ref Frame frame, ref TVisitor visitor)
        where TVisitor : struct, IPolicyVisitor
    {
        // An entity in more others than there are policies: then looking at the policies is the shorter way.
        if (AncestorCount(frame.PrincipalNode) + AncestorCount(frame.ResourceNode) + AncestorCount(frame.ActionNode) > _all.Length)
        {
            Show(_all, null, ref frame, ref visitor);
            return;
        }

        _ = Show(_unconstrained, null, ref frame, ref visitor)
            && ShowUnder(_byAction, frame.Action, frame.ActionNode, ref frame, ref visitor)
            && ShowUnder(_byPrincipal, frame.Principal, frame.PrincipalNode, ref frame, ref visitor)
            && ShowUnder(_byResource, frame.Resource, frame.ResourceNode, ref frame, ref visitor)
            && ShowUnder(_byPrincipalType, frame.Principal.Type, ref frame, ref visitor)
            && ShowUnder(_byResourceType, frame.Resource.Type, ref frame, ref visitor);
    }

    private static int AncestorCount(EntityNode? node) => node?.Ancestors.Length ?? 0;

    private bool ShowUnder<TVisitor>(
        Dictionary<EntityUid, CompiledPolicy[]> index, EntityUid uid, EntityNode? node, ref Frame frame, ref TVisitor visitor)
        where TVisitor : struct, IPolicyVisitor
    {
        if (index.Count == 0) return true;
        var key = ReferenceEquals(index, _byAction) ? uid : null;
        if (index.TryGetValue(uid, out var policies) && !Show(policies, key, ref frame, ref visitor)) return false;
        if (node is null) return true;
        foreach (var ancestor in node.Ancestors)
            if (index.TryGetValue(ancestor, out policies) && !Show(policies, key is null ? null : ancestor, ref frame, ref visitor)) return false;
        return true;
    }

    private static bool ShowUnder<TVisitor>(Dictionary<string, CompiledPolicy[]> index, string type, ref Frame frame, ref TVisitor visitor)
        where TVisitor : struct, IPolicyVisitor =>
        index.Count == 0 || !index.TryGetValue(type, out var policies) || Show(policies, null, ref frame, ref visitor);

    /// <summary>
    /// Shows the matching ones of some policies. A policy for several actions is filed under each of them; of those that
    /// match it is shown only under the first, which <paramref name="actionKey"/> is compared with.
    /// </summary>
    private static bool Show<TVisitor>(CompiledPolicy[] policies, EntityUid? actionKey, ref Frame frame, ref TVisitor visitor)
        where TVisitor : struct, IPolicyVisitor
    {
        foreach (var policy in policies)
        {
            if (policy.Action.FirstMatch(frame.Action, frame.ActionNode) is not { } action) continue;
            if (actionKey is not null && !action.Equals(actionKey)) continue;
            if (!policy.Principal.Matches(frame.Principal, frame.PrincipalNode)) continue;
            if (!policy.Resource.Matches(frame.Resource, frame.ResourceNode)) continue;
            if (!visitor.Visit(policy, ref frame)) return false;
        }

        return true;
    }
}
