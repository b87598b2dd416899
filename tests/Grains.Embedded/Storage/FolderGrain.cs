using System.Collections.Immutable;
using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Tests.Storage;

/// <summary>State with the shapes that are easily lost on the way through JSON.</summary>
[GenerateSerializer]
public sealed record FolderState
{
    [Id(0)]
    public List<string> Files { get; } = [];

    [Id(1)]
    public FolderKind Kind { get; private set; }

    [Id(2)]
    public ImmutableArray<FolderEntry> Entries { get; set; } = [];

    [Id(3)]
    public Dictionary<string, DateTimeOffset> Changed { get; init; } = [];

    public int Count => Files.Count;

    public void Share() => Kind = FolderKind.Shared;
}

[GenerateSerializer]
public sealed record FolderEntry([property: Id(0)] string Name, [property: Id(1)] byte[] Hash, [property: Id(2)] TimeSpan? Age = null);

[GenerateSerializer]
public enum FolderKind
{
    Private,
    Shared,
}

public interface IFolderGrain : IGrainWithStringKey
{
    Task Write();

    Task Clear();

    Task<string> Read();
}

public sealed class FolderGrain([PersistentState("folder")] IPersistentState<FolderState> state) : Grain, IFolderGrain
{
    public Task Write()
    {
        state.State.Files.AddRange(["one", "two"]);
        state.State.Share();
        state.State.Entries = [new FolderEntry("three", [1, 2], TimeSpan.FromHours(1))];
        state.State.Changed["one"] = DateTimeOffset.UnixEpoch;
        return state.WriteStateAsync();
    }

    public Task Clear() => state.ClearStateAsync();

    public Task<string> Read()
    {
        var folder = state.State;
        var entry = folder.Entries is [var only] ? $"{only.Name} {Convert.ToHexString(only.Hash)} {only.Age}" : "none";
        return Task.FromResult($"{string.Join(",", folder.Files)}|{folder.Kind}|{entry}|{folder.Changed.Count}");
    }
}
