using RestateCloud.Gateway.Forwarding;
using RestateCloud.Gateway.Limits;
using RestateCloud.Gateway.Listening;
using RestateCloud.Grains.Environments;
using RestateCloud.Protocols.Identity;

namespace RestateCloud.Gateway.Routing;

/// <summary>An environment as this gateway serves it: its route and all that is made from it once.</summary>
/// <param name="Route">What the environment's grain said.</param>
/// <param name="Ingress">Its ingress, null before it is known.</param>
/// <param name="Admin">Its admin API, null before it is known.</param>
/// <param name="IdentityKeys">What its calls to services are verified with.</param>
/// <param name="Limiter">Its limits.</param>
internal sealed record EnvironmentTarget(
    EnvironmentRoute Route, Upstream? Ingress, Upstream? Admin, IdentityKeySet IdentityKeys, EnvironmentLimiter Limiter)
{
    public Upstream? Of(PortRole role) => role == PortRole.Admin ? Admin : Ingress;
}
