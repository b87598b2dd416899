namespace RestateCloud.Gateway.Listening;

/// <summary>What is spoken on a port.</summary>
public enum PortRole
{
    /// <summary>The control API, sign-in and health.</summary>
    Api,

    /// <summary>Restate's ingress.</summary>
    Ingress,

    /// <summary>Restate's admin API.</summary>
    Admin,

    /// <summary>Where environments reach services behind tunnels.</summary>
    TunnelProxy,

    /// <summary>Where tunnel clients connect.</summary>
    Tunnel,

    /// <summary>Where other gateways of this cloud hand over calls for tunnels that are held here.</summary>
    Crossing,
}
