namespace RestateCloud.Cli.Tunnels.Connecting;

/// <summary>How long to wait before the next attempt: nearly nothing at first, twice as long each time, and never in step with other clients.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private TimeSpan _next = Shortest;

    /// <summary>The next wait: between half of it and all of it.</summary>
    public TimeSpan Next()
    {
        var wait = _next * (0.5 + Random.Shared.NextDouble() / 2);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait;
    }

    /// <summary>The attempt has succeeded, and for long enough.</summary>
    public void Reset() => _next = Shortest;
}
