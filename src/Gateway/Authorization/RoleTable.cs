using RestateCloud.Gateway.Paths;
using RestateCloud.Grains.ApiKeys;

namespace RestateCloud.Gateway.Authorization;

/// <summary>What each built-in role may do. Whatever is not listed is denied to all but FullAccess.</summary>
internal static class RoleTable
{
    private const ActionGroup Ingress = ActionGroup.Invoke | ActionGroup.CompleteAwakeable | ActionGroup.ReadIngress;
    private const ActionGroup Admin = ActionGroup.ReadAdmin | ActionGroup.WriteAdmin;

    public static bool Allows(ApiKeyRole role, RestateAction action)
    {
        if (role == ApiKeyRole.FullAccess) return true;
        var group = action.Group();
        return group != ActionGroup.None && (GroupsOf(role) & group) == group;
    }

    private static ActionGroup GroupsOf(ApiKeyRole role) => role switch
    {
        ApiKeyRole.IngressAccess => Ingress,
        ApiKeyRole.AdminAccess => Admin,
        ApiKeyRole.CompleteAwakeableAccess => ActionGroup.CompleteAwakeable,
        ApiKeyRole.TunnelAccess => ActionGroup.OpenTunnel,
        _ => ActionGroup.None,
    };
}
