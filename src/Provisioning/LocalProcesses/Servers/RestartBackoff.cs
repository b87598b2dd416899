namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>How long to wait before a server that failed is started again: doubling from failure to failure, up to a limit.</summary>
internal sealed class RestartBackoff(LocalProcessOptions options, TimeProvider time)
{
    private DateTimeOffset _notBefore;

    /// <summary>Failures in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>What went wrong last, a sentence; null without failures.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>The rest of the pause, zero when a start is due.</summary>
    public TimeSpan Remaining => Failures > 0 && _notBefore - time.GetUtcNow() is { Ticks: > 0 } rest ? rest : TimeSpan.Zero;

    /// <summary>Whether it has failed so often that a person should look.</summary>
    public bool Hopeless => Failures >= options.FailedAfter;

    /// <summary>Counts a failure.</summary>
    /// <param name="reason">A sentence.</param>
    /// <param name="healthyFor">How long the server had been healthy before it.</param>
    public void Fail(string reason, TimeSpan healthyFor)
    {
        Failures = healthyFor >= options.StablePeriod ? 1 : Failures + 1;
        LastFailure = reason;
        var doublings = Math.Min(Failures - 1, 30);
        var pause = Math.Min(options.FirstBackoff.TotalSeconds * Math.Pow(2, doublings), options.LongestBackoff.TotalSeconds);
        _notBefore = time.GetUtcNow() + TimeSpan.FromSeconds(pause);
    }

    /// <summary>Forgets all failures.</summary>
    public void Reset()
    {
        Failures = 0;
        LastFailure = null;
    }
}
