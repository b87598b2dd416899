using RestateCloud.Gateway.Authorization;
using RestateCloud.Gateway.Paths;
using RestateCloud.Grains.ApiKeys;

namespace RestateCloud.Gateway.Tests.Authorization;

public sealed class RoleTableTests
{
    // Columns: call and send, complete awakeables, attach/output/lookup, admin read, admin write, open a tunnel, unknown.
    [Theory]
    [InlineData(ApiKeyRole.FullAccess, true, true, true, true, true, true, true)]
    [InlineData(ApiKeyRole.IngressAccess, true, true, true, false, false, false, false)]
    [InlineData(ApiKeyRole.AdminAccess, false, false, false, true, true, false, false)]
    [InlineData(ApiKeyRole.CompleteAwakeableAccess, false, true, false, false, false, false, false)]
    [InlineData(ApiKeyRole.TunnelAccess, false, false, false, false, false, true, false)]
    public void Each_role_may_do_what_the_table_says(
        ApiKeyRole role, bool invoke, bool complete, bool readIngress, bool readAdmin, bool writeAdmin, bool tunnel, bool unknown)
    {
        foreach (var action in Enum.GetValues<RestateAction>())
        {
            var allowed = action.Group() switch
            {
                ActionGroup.Invoke => invoke,
                ActionGroup.CompleteAwakeable => complete,
                ActionGroup.ReadIngress => readIngress,
                ActionGroup.ReadAdmin => readAdmin,
                ActionGroup.WriteAdmin => writeAdmin,
                ActionGroup.OpenTunnel => tunnel,
                _ => unknown,
            };
            Assert.True(allowed == RoleTable.Allows(role, action), $"{role} {action}");
        }
    }

    [Fact]
    public void A_role_that_does_not_exist_may_do_nothing() =>
        Assert.DoesNotContain(Enum.GetValues<RestateAction>(), action => RoleTable.Allows((ApiKeyRole)99, action));
}
