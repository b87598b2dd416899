using System.Net;

namespace RestateCloud.Grains.Cluster;

/// <summary>Settings of a cluster member, silo or gateway. Members of one cluster share the first two, and their storage.</summary>
public sealed class ClusterGrainsOptions
{
    /// <summary>Members that are to find each other have the same.</summary>
    public string ClusterId { get; set; } = "restate-cloud";

    /// <summary>Whose state and reminders these are; stays the same when a cluster is replaced by another one.</summary>
    public string ServiceId { get; set; } = "restate-cloud";

    /// <summary>TLS among members. Without it silos listen on loopback only.</summary>
    public ClusterTlsOptions Tls { get; set; } = new();

    /// <summary>
    /// The address that this silo listens on and other members reach it at; null takes the machine's first, or 127.0.0.1 without TLS.
    /// </summary>
    public IPAddress? AdvertisedAddress { get; set; }

    /// <summary>
    /// Whether a silo is a pod: it advertises the pod's address unless told otherwise, and silos whose pods are gone are declared dead at once.
    /// </summary>
    public bool Kubernetes { get; set; }

    /// <summary>The TCP port for other silos. Default 11111.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>The TCP port for gateways. Default 30000.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>How long a caller waits for a grain before it gets a <see cref="TimeoutException"/>. Default 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a silo that stops waits for clients to send no more through it, and once more for other silos. Default 5 s; less, and requests
    /// may fail while silos are replaced.
    /// </summary>
    public TimeSpan LeaveTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long without a request a grain leaves memory. Default 15 minutes.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(15);
}
