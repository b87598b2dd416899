namespace RestateCloud.Grains.Embedded.Tests.Semantics.Grains;

/// <summary>A message that holds what can change.</summary>
[GenerateSerializer]
public sealed record Parcel([property: Id(0)] string Label, [property: Id(1)] IReadOnlyList<string> Contents)
{
    [Id(2)]
    public Dictionary<string, List<int>> Weights { get; init; } = [];
}

/// <summary>A message whose parts cannot change.</summary>
[GenerateSerializer, Immutable]
public sealed record Stamp([property: Id(0)] string Motif);

/// <summary>A message that holds another of its kind.</summary>
[GenerateSerializer]
public sealed class Box
{
    [Id(0)]
    public Box? Inner { get; set; }

    [Id(1)]
    public int Size { get; set; }
}

/// <summary>Keeps what it is given and gives what it keeps, so that a test can see whether the two sides share it.</summary>
public interface IParcelGrain : IGrainWithStringKey
{
    Task KeepBytes(byte[] bytes);

    Task<byte[]> Bytes();

    Task KeepParcel(Parcel parcel);

    Task<Parcel> Parcel();

    Task KeepBox(Box box);

    Task<int> BoxSizes();

    Task<Stamp> Echo(Stamp stamp);
}

public sealed class ParcelGrain : Grain, IParcelGrain
{
    private byte[] _bytes = [];
    private Parcel _parcel = new("", []);
    private Box _box = new();

    public Task KeepBytes(byte[] bytes)
    {
        _bytes = bytes;
        return Task.CompletedTask;
    }

    public Task<byte[]> Bytes() => Task.FromResult(_bytes);

    public Task KeepParcel(Parcel parcel)
    {
        _parcel = parcel;
        return Task.CompletedTask;
    }

    public Task<Parcel> Parcel() => Task.FromResult(_parcel);

    public Task KeepBox(Box box)
    {
        _box = box;
        return Task.CompletedTask;
    }

    public Task<int> BoxSizes() => Task.FromResult(_box.Size + (_box.Inner?.Size ?? 0));

    public Task<Stamp> Echo(Stamp stamp) => Task.FromResult(stamp);
}
