namespace RestateCloud.Gateway.Tunnels;

/// <summary>How much tunnels may take of one gateway.</summary>
internal static class TunnelLimits
{
    /// <summary>Tunnels of one environment.</summary>
    public const int TunnelsPerEnvironment = 100;

    /// <summary>Connections of one tunnel; the standalone client opens 16 to each server.</summary>
    public const int ConnectionsPerTunnel = 64;

    /// <summary>Connections of all clients that have not shown yet whose they are; beyond it the oldest of them is cut off.</summary>
    public const int Handshakes = 1024;

    /// <summary>Such connections of one address; beyond it no more are taken.</summary>
    public const int HandshakesPerAddress = 256;

    /// <summary>How long a client may take to show whose it is, TLS included; official clients give the server as long.</summary>
    public static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(5);

    /// <summary>How long of that it may take to find out whether it may open its tunnel; then it is told to try again.</summary>
    public static readonly TimeSpan AdmissionTime = TimeSpan.FromSeconds(3);

    /// <summary>How long requests in flight may take once a connection is to end.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(20);

    /// <summary>How long a client may take to close a connection after it was asked to.</summary>
    public static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);
}
