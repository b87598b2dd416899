namespace RestateCloud.Gateway.Tunnels;

/// <summary>How much tunnels may take of one gateway.</summary>
internal static class TunnelLimits
{
    /// <summary>Tunnels of one environment.</summary>
    public const int TunnelsPerEnvironment = 100;

    /// <summary>Connections of one tunnel; the standalone client opens 16 to each server.</summary>
    public const int ConnectionsPerTunnel = 64;

    /// <summary>Requests at the same time through one tunnel.</summary>
    public const int RequestsPerTunnel = 10_000;

    /// <summary>Connections of all clients that have not shown yet whose they are.</summary>
    public const int Handshakes = 512;

    /// <summary>How long a client may take to show whose it is; official clients give the server as long.</summary>
    public static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(5);

    /// <summary>How long requests in flight may take once a connection is to end.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(20);

    /// <summary>How long a client may take to close a connection after it was asked to.</summary>
    public static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);
}
