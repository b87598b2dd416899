using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Calls;
using RestateCloud.Grains.Embedded.Hosting;

namespace RestateCloud.Grains.Embedded.Activations;

/// <summary>Which grains are in memory. Holds at most one activation for each grain.</summary>
internal sealed class ActivationDirectory(GrainRuntime runtime)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();

    public int Count => _activations.Count;

    /// <summary>Gives a request to the grain's activation, and makes one when there is none.</summary>
    public void Send(GrainId grainId, GrainRequest request)
    {
        if (runtime.Refusal(fromGrain: Activation.Current is not null) is { } refusal)
        {
            request.Fail(refusal);
            return;
        }
        while (true)
        {
            var activation = _activations.TryGetValue(grainId, out var known)
                ? known
                : _activations.GetOrAdd(grainId, static (id, runtime) => new Activation(runtime, id), runtime);
            if (activation.TryEnqueue(request)) return;
            Remove(activation);
        }
    }

    public void Remove(Activation activation) => _activations.TryRemove(new(activation.GrainId, activation));

    public void Sweep(long now)
    {
        foreach (var (_, activation) in _activations) activation.Sweep(now);
    }

    /// <summary>Answers every caller that still waits.</summary>
    public void Abandon(Exception exception)
    {
        foreach (var (_, activation) in _activations) activation.Abandon(exception);
    }

    /// <summary>Deactivates all grains, also those that are called while others deactivate.</summary>
    public async Task DeactivateAllAsync(CancellationToken cancellationToken)
    {
        while (!_activations.IsEmpty)
        {
            var activations = _activations.Values.ToArray();
            foreach (var activation in activations)
                activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The host stops."), cancellationToken);
            await Task.WhenAll(activations.Select(activation => activation.Deactivated)).WaitAsync(cancellationToken);
        }
    }
}
