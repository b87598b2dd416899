namespace Orleans.Runtime;

/// <summary>A running grain timer. Disposing it ends the ticks and cancels the token of a tick that runs.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets when the timer ticks next and how often from then on; during a tick it takes effect after that tick.</summary>
    /// <param name="dueTime">Zero is at once, <see cref="Timeout.InfiniteTimeSpan"/> stops.</param>
    /// <param name="period">From the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for a single tick.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative (but not infinite) or above 49 days.</exception>
    void Change(TimeSpan dueTime, TimeSpan period);
}
