using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Identity;
using RestateCloud.Gateway.Paths;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Users;

namespace RestateCloud.Gateway.Authorization;

/// <summary>Built-in roles for API keys; the owners of an account, first and secondary, may do everything in its environments.</summary>
internal sealed class RoleAuthorizer(GrainCache<UserDescription> users) : IAuthorizer
{
    public ValueTask<Decision> DecideAsync(Principal principal, EnvironmentRoute environment, RestateAction action) => principal switch
    {
        ApiKeyPrincipal key => new(Decide(key, environment, action)),
        UserPrincipal user => DecideAsync(users.GetAsync(user.UserId), environment),
        _ => new(Decision.Outsider),
    };

    private static Decision Decide(ApiKeyPrincipal key, EnvironmentRoute environment, RestateAction action)
    {
        if (!string.Equals(key.EnvironmentId, environment.EnvironmentId, StringComparison.Ordinal)) return Decision.Outsider;
        return RoleTable.Allows(key.Role, action) ? Decision.Allowed : Decision.Denied;
    }

    private static ValueTask<Decision> DecideAsync(ValueTask<UserDescription?> loading, EnvironmentRoute environment)
    {
        return loading.IsCompletedSuccessfully ? new(Decide(loading.Result)) : AwaitAsync();

        async ValueTask<Decision> AwaitAsync() => Decide(await loading);

        Decision Decide(UserDescription? user) =>
            user?.MembershipOf(environment.AccountId) is null ? Decision.Outsider : Decision.Allowed;
    }
}
