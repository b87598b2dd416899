using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Identity;
using RestateCloud.Grains.Gateways;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Users;

namespace RestateCloud.Gateway.Routing;

/// <summary>All that this gateway has been told by grains; forgets what changes.</summary>
internal sealed class GatewayCaches(
    GrainCache<EnvironmentTarget> environments, GrainCache<KnownApiKey> apiKeys, GrainCache<UserDescription> users) : IGatewayObserver
{
    /// <summary>Raised with the id of a resource that was forgotten because it has changed; of everything when it is null. Must not block.</summary>
    public event Action<string?>? Forgotten;

    public Task ChangedAsync(ChangeNotice notice)
    {
        if (ResourceId.IsValid(ResourceId.Environment, notice.Id)) environments.Invalidate(notice.Id);
        else if (ResourceId.IsValid(ResourceId.ApiKey, notice.Id)) apiKeys.Invalidate(notice.Id);
        else if (ResourceId.IsValid(ResourceId.User, notice.Id)) users.Invalidate(notice.Id);
        Forgotten?.Invoke(notice.Id);
        return Task.CompletedTask;
    }

    /// <summary>Forgets everything: changes may have been missed.</summary>
    public void Clear()
    {
        environments.Clear();
        apiKeys.Clear();
        users.Clear();
        Forgotten?.Invoke(null);
    }
}
