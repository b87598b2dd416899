using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>One attempt to fetch something that several wait for.</summary>
/// <param name="fetch">Fetches it.</param>
/// <param name="done">Is called for each who waits.</param>
/// <param name="time">The clock.</param>
internal sealed class BackgroundFetch(Func<Task> fetch, Action<string> done, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _waiting = [];
    private Task? _task;
    private DateTimeOffset? _ended;

    /// <summary>Why it failed, a sentence; null before it has ended and when it succeeded.</summary>
    public string? Failure { get; private set; }

    public bool EndedBefore(DateTimeOffset moment)
    {
        lock (_lock) return _ended < moment;
    }

    /// <summary>Waits for it too; the first who does starts it.</summary>
    public void Join(string who)
    {
        lock (_lock)
        {
            if (_ended is null) _waiting.Add(who);
            _task ??= Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        string? failure = null;
        try
        {
            await fetch();
        }
        catch (Exception e)
        {
            failure = e is ProvisioningException ? e.Message : $"It could not be fetched: {e.Message}";
        }

        lock (_lock)
        {
            Failure = failure;
            _ended = time.GetUtcNow();
        }

        foreach (var who in _waiting) done(who);
    }
}
