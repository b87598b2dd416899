namespace RestateCloud.Grains.Tiers;

/// <summary>The numbers behind a tier. Every limit has one.</summary>
public sealed record TierLimits
{
    /// <summary>Environments of this tier that one account may have.</summary>
    public int EnvironmentsPerAccount { get; init; }

    /// <summary>Active API keys of one environment.</summary>
    public int ApiKeysPerEnvironment { get; init; }

    /// <summary>Sustained requests per second of one environment, ingress and admin together.</summary>
    public int RequestsPerSecond { get; init; }

    /// <summary>Requests that may come at once before the sustained rate applies.</summary>
    public int RequestBurst { get; init; }

    /// <summary>Requests of one environment that may be in flight at the same time; long polls count.</summary>
    public int ConcurrentRequests { get; init; }

    /// <summary>Calls of one environment to services behind tunnels that may be in flight at the same time, all its tunnels together.</summary>
    public int TunnelCalls { get; init; }

    /// <summary>Largest request body in bytes.</summary>
    public long RequestBodyBytes { get; init; }

    /// <summary>Memory of the environment's RocksDB in bytes.</summary>
    public long RocksDbBytes { get; init; }

    /// <summary>Memory of the environment's invoker in bytes.</summary>
    public long InvokerBytes { get; init; }

    /// <summary>Partitions an environment is created with; Restate cannot change them later.</summary>
    public int Partitions { get; init; }
}
