using Orleans;
using Orleans.Runtime;
using RestateCloud.Grains.Cluster.Azure.Accounts;

namespace RestateCloud.Grains.Cluster.Azure.Generations;

/// <summary>
/// The generation that a silo goes by. It is claimed when the silo's entry is in the membership table and before any grain runs: an import looks
/// for silos and then replaces the generation unless it was claimed, so one of the two notices the other.
/// </summary>
internal sealed class SiloGeneration(GenerationBlob blob) : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly TaskCompletionSource<string> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Known from the moment grains can run.</summary>
    public Task<string> Id => _id.Task;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(SiloGeneration), ServiceLifecycleStage.ApplicationServices, ClaimAsync, StopAsync);

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        var claimed = await AccountRequest.RunAsync(() => blob.ClaimAsync(cancellationToken));
        _id.TrySetResult(claimed.Id);
    }

    private Task StopAsync(CancellationToken cancellationToken)
    {
        // Where the claim failed, whoever still waits for it.
        _id.TrySetCanceled(CancellationToken.None);
        return Task.CompletedTask;
    }
}
