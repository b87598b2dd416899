using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace RestateCloud.Grains.Cluster.Storage;

/// <summary>
/// Gives every grain a record of its own. Orleans' ADO.NET storage reads keys that look like a number as one, so that two grains such as
/// <c>a+x@example.com</c> and <c>0a+x@example.com</c> would share a record; and it does not tell grain classes apart. Behind a slash a key
/// is text and nothing else, and the name of a state begins with its grain's type.
/// </summary>
internal sealed class ExactKeyStorage(AdoNetGrainStorage storage) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        storage.ReadStateAsync(NameOf(grainId, stateName), Exact(grainId), grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        storage.WriteStateAsync(NameOf(grainId, stateName), Exact(grainId), grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        storage.ClearStateAsync(NameOf(grainId, stateName), Exact(grainId), grainState);

    public void Participate(ISiloLifecycle lifecycle) => storage.Participate(lifecycle);

    /// <summary>What a state is called in the database; no grain type has a slash in it.</summary>
    public static string NameOf(string grainType, string stateName) => $"{grainType}/{stateName}";

    /// <summary>The grain type and the state that <see cref="NameOf(string, string)"/> was made of.</summary>
    public static (string GrainType, string StateName) NameParts(string name) => (name[..name.IndexOf('/')], name[(name.IndexOf('/') + 1)..]);

    /// <summary>The key of a record.</summary>
    public static string Exact(string grainKey) => $"/{grainKey}";

    /// <summary>The grain key that <see cref="Exact(string)"/> was made of.</summary>
    public static string KeyOf(string exact) => exact[1..];

    private static string NameOf(GrainId grainId, string stateName) => NameOf(grainId.Type.ToString()!, stateName);

    private static GrainId Exact(GrainId grainId) => GrainId.Create(grainId.Type, IdSpan.Create(Exact(grainId.Key.ToString()!)));
}
