using System.Collections.Concurrent;

namespace RestateCloud.Grains.Embedded.Tests.Semantics;

/// <summary>What grains of one host did, in order; outlives a restart of the host.</summary>
public sealed class Journal
{
    private readonly ConcurrentQueue<string> _entries = new();

    public IReadOnlyCollection<string> Entries => _entries;

    public void Add(string entry) => _entries.Enqueue(entry);

    public int Count(string entry) => _entries.Count(e => e == entry);
}
