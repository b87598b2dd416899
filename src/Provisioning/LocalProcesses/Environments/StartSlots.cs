namespace RestateCloud.Provisioning.LocalProcesses.Environments;

/// <summary>Lets a few environments start at a time; tells the others when it is worth asking again.</summary>
internal sealed class StartSlots(int count, Action<string> retry)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _taken = [];
    private readonly HashSet<string> _waiting = [];

    /// <summary>Takes a slot, or keeps the one that this environment has.</summary>
    /// <returns>Whether it may start.</returns>
    public bool TryTake(string environmentId)
    {
        lock (_lock)
        {
            if (_taken.Contains(environmentId)) return true;
            if (_taken.Count < count) return _taken.Add(environmentId);
            _waiting.Add(environmentId);
            return false;
        }
    }

    /// <summary>Gives a slot back, if there is one.</summary>
    public void Release(string environmentId)
    {
        string[] waiting;
        lock (_lock)
        {
            _waiting.Remove(environmentId);
            if (!_taken.Remove(environmentId)) return;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var id in waiting) retry(id);
    }
}
