using System.Net;
using RestateCloud.Gateway.Listening;

namespace RestateCloud.Gateway;

/// <summary>How the gateway is reached. Bound from the root of the configuration.</summary>
public sealed class GatewayOptions
{
    /// <summary>The configuration section of <see cref="Ports"/>.</summary>
    public const string PortsSection = "Ports";

    /// <summary>The region of this gateway; part of host names.</summary>
    public string Region { get; set; } = "local";

    /// <summary>The domain under which environments have host names: <c>&lt;bare id&gt;.env.&lt;region&gt;.&lt;domain&gt;</c>.</summary>
    public string Domain { get; set; } = "localhost";

    /// <summary>The scheme of URLs that are handed out: <c>http</c>, or <c>https</c> where something in front ends TLS.</summary>
    public string PublicScheme { get; set; } = Uri.UriSchemeHttp;

    /// <summary>The IP address that the shared ports listen on. Loopback unless set.</summary>
    public string ListenAddress { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>Whether each environment gets two ports of its own on 127.0.0.1.</summary>
    public bool EnvironmentPorts { get; set; } = true;

    /// <summary>The shared ports.</summary>
    public SharedPorts Ports { get; set; } = new();

    internal string TunnelHost => $"tunnel.{Region}.{Domain}";

    internal IPAddress Address => IPAddress.Parse(ListenAddress);
}

/// <summary>The shared ports; 0 means any that is free.</summary>
public sealed class SharedPorts
{
    /// <summary>Control API, sign-in, health.</summary>
    public int Api { get; set; } = 7600;

    /// <summary>Ingress of every environment.</summary>
    public int Ingress { get; set; } = 8080;

    /// <summary>Admin API of every environment.</summary>
    public int Admin { get; set; } = 9070;

    /// <summary>Where environments reach services behind tunnels.</summary>
    public int TunnelProxy { get; set; } = 7603;

    /// <summary>Where tunnel clients connect.</summary>
    public int Tunnel { get; set; } = 7602;

    /// <summary>Where other gateways hand over calls for tunnels that are held here; listened on only where that is set up.</summary>
    public int Crossing { get; set; } = 7604;

    internal int Of(PortRole role) => role switch
    {
        PortRole.Api => Api,
        PortRole.Ingress => Ingress,
        PortRole.Admin => Admin,
        PortRole.TunnelProxy => TunnelProxy,
        PortRole.Tunnel => Tunnel,
        PortRole.Crossing => Crossing,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
