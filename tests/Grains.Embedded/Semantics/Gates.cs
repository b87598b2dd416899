using System.Collections.Concurrent;

namespace RestateCloud.Grains.Embedded.Tests.Semantics;

/// <summary>Lets a test hold grain methods at a named point and see who has reached it.</summary>
public sealed class Gates
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, int> _arrived = new();

    /// <summary>Waits until the test opens the gate.</summary>
    public Task PassAsync(string gate, CancellationToken cancellationToken = default)
    {
        _arrived.AddOrUpdate(gate, 1, (_, count) => count + 1);
        return Gate(gate).Task.WaitAsync(cancellationToken);
    }

    public void Open(string gate) => Gate(gate).TrySetResult();

    public int Arrived(string gate) => _arrived.GetValueOrDefault(gate);

    private TaskCompletionSource Gate(string gate) =>
        _gates.GetOrAdd(gate, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
