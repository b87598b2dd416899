using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.ControlApi.Environments;

/// <summary>Knows under which addresses clients reach environments.</summary>
public interface IEnvironmentAddresses
{
    /// <summary>The addresses of an environment.</summary>
    EnvironmentAddresses Of(EnvironmentDescription environment);
}

/// <summary>Where an environment is reached; all URLs without a slash at the end.</summary>
/// <param name="Ingress">URL of its ingress.</param>
/// <param name="Admin">URL of its admin API.</param>
/// <param name="Tunnel">URL of the tunnel servers.</param>
/// <param name="TunnelSrv">DNS name whose SRV records list the tunnel servers.</param>
/// <param name="Proxy">URL of the proxy through which it reaches services behind tunnels.</param>
public sealed record EnvironmentAddresses(string Ingress, string Admin, string Tunnel, string TunnelSrv, string Proxy);
