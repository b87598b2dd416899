using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Identity;
using RestateCloud.Grains.Gateways;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Users;

namespace RestateCloud.Gateway.Routing;

/// <summary>
/// All that this gateway has been told by grains; asks again what changes. A key or user that has changed is forgotten: it may have been
/// revoked. The route of an environment is kept for the case that its grain's silo goes before it answers.
/// </summary>
internal sealed class GatewayCaches(
    GrainCache<EnvironmentTarget> environments, GrainCache<KnownApiKey> apiKeys, GrainCache<UserDescription> users) : IGatewayObserver
{
    /// <summary>Raised with the id of a resource that has changed; null when any may have. Must not block.</summary>
    public event Action<string?>? Forgotten;

    public Task ChangedAsync(ChangeNotice notice)
    {
        if (ResourceId.IsValid(ResourceId.Environment, notice.Id)) environments.Doubt(notice.Id);
        else if (ResourceId.IsValid(ResourceId.ApiKey, notice.Id)) apiKeys.Invalidate(notice.Id);
        else if (ResourceId.IsValid(ResourceId.User, notice.Id)) users.Invalidate(notice.Id);
        Forgotten?.Invoke(notice.Id);
        return Task.CompletedTask;
    }

    /// <summary>Asks again for everything: changes may have been missed.</summary>
    public void Doubt()
    {
        environments.DoubtAll();
        apiKeys.DoubtAll();
        users.DoubtAll();
        Forgotten?.Invoke(null);
    }
}
