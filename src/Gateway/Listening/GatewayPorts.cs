namespace RestateCloud.Gateway.Listening;

/// <summary>The TCP ports that the gateway listens on; those configured as 0 are known once the host has started.</summary>
public sealed class GatewayPorts
{
    private readonly int[] _ports = new int[Enum.GetValues<PortRole>().Length];

    /// <summary>Control API, sign-in, health.</summary>
    public int Api => this[PortRole.Api];

    /// <summary>Ingress of every environment.</summary>
    public int Ingress => this[PortRole.Ingress];

    /// <summary>Admin API of every environment.</summary>
    public int Admin => this[PortRole.Admin];

    /// <summary>Where environments reach services behind tunnels.</summary>
    public int TunnelProxy => this[PortRole.TunnelProxy];

    /// <summary>Where tunnel clients connect.</summary>
    public int Tunnel => this[PortRole.Tunnel];

    /// <summary>Where other gateways hand over calls.</summary>
    public int Crossing => this[PortRole.Crossing];

    /// <summary>The port of a role.</summary>
    /// <exception cref="InvalidOperationException">The host has not started, or does not listen for this.</exception>
    public int this[PortRole role]
    {
        get => Volatile.Read(ref _ports[(int)role]) is var port and not 0
            ? port
            : throw new InvalidOperationException($"The gateway does not listen on its {role} port yet.");
        internal set => Volatile.Write(ref _ports[(int)role], value);
    }
}
