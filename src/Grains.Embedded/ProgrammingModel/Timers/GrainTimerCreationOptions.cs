using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When a grain timer ticks and how its ticks mix with requests.</summary>
public readonly struct GrainTimerCreationOptions()
{
    /// <summary>A timer that waits its turn like a request and does not keep the grain in memory.</summary>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Until the first tick: zero is at once, <see cref="Timeout.InfiniteTimeSpan"/> is never until changed.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for a single tick.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether ticks run between the awaits of a request that is under way. Default: no.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether a tick counts as use, so that the grain does not become idle. Default: no.</summary>
    public bool KeepAlive { get; init; }
}
