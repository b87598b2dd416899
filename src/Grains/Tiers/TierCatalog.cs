namespace RestateCloud.Grains.Tiers;

/// <summary>The tiers on offer; configuration section <c>Tiers</c> overrides single numbers.</summary>
public sealed class TierCatalog
{
    private const long MiB = 1024 * 1024;

    /// <summary>Numbers of FREE.</summary>
    public TierLimits Free { get; init; } = new()
    {
        EnvironmentsPerAccount = 10, ApiKeysPerEnvironment = 20, RequestsPerSecond = 500, RequestBurst = 2_000, ConcurrentRequests = 1_000, TunnelCalls = 2_000,
        RequestBodyBytes = 32 * MiB, RocksDbBytes = 64 * MiB, InvokerBytes = 64 * MiB, Partitions = 1,
    };

    /// <summary>Numbers of STARTER.</summary>
    public TierLimits Starter { get; init; } = new()
    {
        EnvironmentsPerAccount = 25, ApiKeysPerEnvironment = 50, RequestsPerSecond = 2_000, RequestBurst = 8_000, ConcurrentRequests = 4_000, TunnelCalls = 8_000,
        RequestBodyBytes = 32 * MiB, RocksDbBytes = 128 * MiB, InvokerBytes = 128 * MiB, Partitions = 2,
    };

    /// <summary>Numbers of BUSINESS.</summary>
    public TierLimits Business { get; init; } = new()
    {
        EnvironmentsPerAccount = 100, ApiKeysPerEnvironment = 200, RequestsPerSecond = 20_000, RequestBurst = 40_000, ConcurrentRequests = 20_000, TunnelCalls = 20_000,
        RequestBodyBytes = 32 * MiB, RocksDbBytes = 256 * MiB, InvokerBytes = 256 * MiB, Partitions = 4,
    };

    /// <summary>Numbers of PREMIUM.</summary>
    public TierLimits Premium { get; init; } = new()
    {
        EnvironmentsPerAccount = 100, ApiKeysPerEnvironment = 500, RequestsPerSecond = 100_000, RequestBurst = 200_000, ConcurrentRequests = 50_000, TunnelCalls = 50_000,
        RequestBodyBytes = 32 * MiB, RocksDbBytes = 512 * MiB, InvokerBytes = 512 * MiB, Partitions = 8,
    };

    /// <summary>Accounts that one user may own.</summary>
    public int AccountsPerUser { get; init; } = 10;

    /// <summary>Secondary owners that one account may have.</summary>
    public int SecondaryOwnersPerAccount { get; init; } = 50;

    /// <summary>The numbers of a tier.</summary>
    public TierLimits Of(Tier tier) => tier switch
    {
        Tier.Free => Free,
        Tier.Starter => Starter,
        Tier.Business => Business,
        Tier.Premium => Premium,
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, "Not a tier."),
    };
}
