namespace RestateCloud.Load.Proxies;

/// <summary>Who runs where, so that a proxy's throughput is what one core of its own yields.</summary>
internal static class Cores
{
    /// <summary>The load generator and the upstream, which need less than a core together for what any proxy lets through.</summary>
    public const int Others = 0;

    /// <summary>The proxy alone.</summary>
    public const int Proxy = 1;
}
