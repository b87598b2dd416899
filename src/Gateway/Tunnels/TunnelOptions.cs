namespace RestateCloud.Gateway.Tunnels;

/// <summary>The tunnel server. Configuration section <c>Tunnels</c>; its port is <c>Ports:Tunnel</c>.</summary>
public sealed class TunnelOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Tunnels";

    /// <summary>Whether clients connect without TLS. The official CLI does not; for a gateway behind something that ends TLS, and for tests.</summary>
    public bool Plain { get; set; }

    /// <summary>A PEM file with a certificate for the SRV record's name and its targets, or null for a certificate made here.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The PEM file with its private key.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Where the certificate made here is kept; set by the composition.</summary>
    public string Folder { get; set; } = ".data/tunnel";

    /// <summary>
    /// How long a call may go on without a byte in either direction before it is answered with 504. restate-server gives up on a service much
    /// earlier, as each deployment asks; this bounds what others could hold.
    /// </summary>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromHours(24);
}
