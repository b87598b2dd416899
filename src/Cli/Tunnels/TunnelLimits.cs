namespace RestateCloud.Cli.Tunnels;

/// <summary>How long things may take, and how much of them there may be.</summary>
internal static class TunnelLimits
{
    /// <summary>TCP and TLS to the tunnel server.</summary>
    public static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);

    /// <summary>How long the tunnel server may take to say how it stands; the same as in the official client.</summary>
    public static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(5);

    /// <summary>How long calls may stay on a connection whose server goes away; the same as in the official standalone client.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(120);

    /// <summary>How long calls in flight may take once the command is to end.</summary>
    public static readonly TimeSpan StopTime = TimeSpan.FromSeconds(20);

    /// <summary>How long a connection may be without a call; pings find out whether the server is there.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromDays(365);

    /// <summary>Between pings, as the official client sends them.</summary>
    public static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(75);

    /// <summary>Connections to one tunnel server; the server takes 64 of all clients of a tunnel.</summary>
    public const int Connections = 16;

    /// <summary>What a call's body may be ahead of the service, as in the official client.</summary>
    public const int StreamWindow = 1024 * 1024;

    /// <summary>The same for all calls on a connection, so that one service that does not read holds up no other.</summary>
    public const int ConnectionWindow = 64 * 1024 * 1024;

    /// <summary>Calls on one connection; the server has limits of its own.</summary>
    public const int ConcurrentCalls = 10_000;

    /// <summary>Headers of one call, in bytes.</summary>
    public const int HeaderBytes = 64 * 1024;

    /// <summary>Services that calls are relayed to; those of more go the long way.</summary>
    public const int RelayedServices = 256;

    /// <summary>Connections to one of them that speaks HTTP/2; each takes as many calls as the service allows.</summary>
    public const int ConnectionsPerService = 16;

    /// <summary>Connections to one that speaks HTTP/1.1, and so calls at a time; those beyond it go the long way.</summary>
    public const int KeptConnectionsPerService = 1024;

    /// <summary>Of them, those that are on their way at a time.</summary>
    public const int ConnectingAtOnce = 64;
}
