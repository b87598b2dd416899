using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using RestateCloud.Grains.Cluster.Azure.Generations;

namespace RestateCloud.Grains.Cluster.Azure.State;

/// <summary>
/// Gives every state a blob of its own, in the generation that counts. Orleans' storage puts grain types, states and keys into a name as they are,
/// so that a key with slashes and dots in it could name another one's blob.
/// </summary>
internal sealed class BlobStateStorage(AzureBlobGrainStorage storage, SiloGeneration generation)
    : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        await storage.ReadStateAsync(await generation.Id, BlobName.AsGrainId(stateName, grainId), grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        await storage.WriteStateAsync(await generation.Id, BlobName.AsGrainId(stateName, grainId), grainState);

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        await storage.ClearStateAsync(await generation.Id, BlobName.AsGrainId(stateName, grainId), grainState);

    public void Participate(ISiloLifecycle lifecycle) => storage.Participate(lifecycle);
}
