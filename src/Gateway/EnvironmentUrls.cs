using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Tunnels;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Gateway;

/// <summary>Builds the URLs under which an environment is reached, as DescribeEnvironment shows them.</summary>
public sealed class EnvironmentUrls(IOptions<GatewayOptions> options, IOptions<TunnelOptions> tunnels, GatewayPorts ports)
{
    /// <summary>The URLs of an environment: on its own loopback ports where it has them, by host name otherwise.</summary>
    /// <exception cref="InvalidOperationException">The gateway does not listen yet.</exception>
    public EnvironmentAddresses Of(EnvironmentDescription environment)
    {
        var gateway = options.Value;
        var own = environment.LoopbackPorts;
        var host = $"{ResourceId.Bare(environment.EnvironmentId)}.env.{environment.Region}.{gateway.Domain}";
        var tunnel = gateway.TunnelHost;
        var tunnelScheme = tunnels.Value.Plain ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        return new(
            IngressBaseUrl: own is null ? $"{gateway.PublicScheme}://{host}:{ports.Ingress}" : $"http://127.0.0.1:{own.Ingress}",
            AdminBaseUrl: own is null ? $"{gateway.PublicScheme}://{host}:{ports.Admin}" : $"http://127.0.0.1:{own.Admin}",
            TunnelBaseUrl: $"{tunnelScheme}://{tunnel}:{ports.Tunnel}",
            TunnelSrv: tunnel,
            ProxyBaseUrl: own is null ? $"{gateway.PublicScheme}://{tunnel}:{ports.TunnelProxy}" : $"http://127.0.0.1:{ports.TunnelProxy}");
    }
}

/// <summary>Where an environment is reached; the names are those of the public Cloud API.</summary>
/// <param name="IngressBaseUrl">The ingress.</param>
/// <param name="AdminBaseUrl">The admin API.</param>
/// <param name="TunnelBaseUrl">The tunnel server.</param>
/// <param name="TunnelSrv">The name whose SRV records list the tunnel servers.</param>
/// <param name="ProxyBaseUrl">Under which an environment calls services behind tunnels; holds an explicit port.</param>
public sealed record EnvironmentAddresses(string IngressBaseUrl, string AdminBaseUrl, string TunnelBaseUrl, string TunnelSrv, string ProxyBaseUrl);
