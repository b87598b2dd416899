using RestateCloud.Gateway.Caching;
using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Identity;
using RestateCloud.Gateway.Limits;
using RestateCloud.Gateway.Listening;
using RestateCloud.Grains.Environments;
using RestateCloud.Protocols.Identity;

namespace RestateCloud.Gateway.Routing;

/// <summary>Finds the environment that a request is for: by the port it came through, else by the host name, else by the API key.</summary>
internal sealed class EnvironmentDirectory(HostNames hostNames, GrainCache<EnvironmentTarget> environments)
{
    /// <summary>The environment, or null when none is named or none of that name exists.</summary>
    /// <exception cref="GrainUnavailableException">It is not known here and the silo does not answer.</exception>
    public ValueTask<EnvironmentTarget?> FindAsync(GatewayPort port, ReadOnlySpan<char> host, Principal principal)
    {
        if (port.EnvironmentId is { } own) return environments.GetAsync(own);

        Span<char> id = stackalloc char[HostNames.IdLength];
        if (hostNames.TryRead(host, id, out var length)) return length == 0 ? default : environments.GetAsync(id[..length]);
        return principal is ApiKeyPrincipal key ? environments.GetAsync(key.EnvironmentId) : default;
    }

    /// <summary>The environment of this id, or null when there is none.</summary>
    /// <exception cref="GrainUnavailableException">It is not known here and the silo does not answer.</exception>
    public ValueTask<EnvironmentTarget?> GetAsync(ReadOnlySpan<char> environmentId) => environments.GetAsync(environmentId);

    /// <summary>The environment of this id, null when there is none; false when that takes asking.</summary>
    public bool TryGetFresh(ReadOnlySpan<char> environmentId, out EnvironmentTarget? environment) => environments.TryGetFresh(environmentId, out environment);

    /// <summary>Asks an environment's grain and prepares what serving it takes.</summary>
    public static async Task<EnvironmentTarget?> LoadAsync(
        string environmentId, IGrainFactory grains, Upstreams upstreams, EnvironmentLimiters limiters, CancellationToken cancellationToken)
    {
        var route = await grains.GetGrain<IEnvironmentGrain>(environmentId).GetRouteAsync(cancellationToken);
        return route is null
            ? null
            : new(
                route,
                upstreams.Of(route.Ingress),
                upstreams.Of(route.Admin),
                new IdentityKeySet(route.IdentityKeys.Select(key => (key.PublicKey, key.AcceptedUntil))),
                limiters.Of(route.EnvironmentId, route.Tier));
    }
}
