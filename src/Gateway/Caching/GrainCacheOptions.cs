namespace RestateCloud.Gateway.Caching;

/// <summary>How long a gateway goes on with what a grain has told it. Change notices come on top and take effect at once.</summary>
/// <param name="Capacity">Entries kept at most; the least recently used ones go first.</param>
/// <param name="Freshness">
/// After this an answer is not used any more before the grain was asked again: the backstop for notices that were lost. At half of it, it is
/// asked again in the background.
/// </param>
internal sealed record GrainCacheOptions(int Capacity, TimeSpan Freshness)
{
    /// <summary>How long "there is none" is believed.</summary>
    public TimeSpan NegativeFreshness { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the grain's last answer is used while the silo does not answer.</summary>
    public TimeSpan StaleLimit { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long an answer is waited for.</summary>
    public TimeSpan LoadTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after a failed load the next one is tried.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long who asks for an id that has never been answered waits beyond that: as long as silos need to agree that one of them is gone and
    /// to wake its grains elsewhere. A request that is late is better than one that fails.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.Zero;

    /// <summary>How many ids may be waited for so at a time; more are unavailable at once.</summary>
    public int PatientLoads { get; init; } = 1000;
}
