using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;

namespace RestateCloud.Grains.Embedded.Tests.Semantics;

public sealed class IsolationTests
{
    [Fact]
    public async Task Bytes_are_copied_both_ways()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<IParcelGrain>("a");
        byte[] mine = [1, 2, 3];
        await grain.KeepBytes(mine);

        mine[0] = 9;
        var theirs = await grain.Bytes();
        theirs[1] = 9;

        Assert.Equal([1, 2, 3], await grain.Bytes());
    }

    [Fact]
    public async Task Collections_inside_records_are_copied_both_ways()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<IParcelGrain>("a");
        var contents = new List<string> { "book" };
        var weights = new List<int> { 1 };
        await grain.KeepParcel(new Parcel("mine", contents) { Weights = { ["grams"] = weights } });

        contents.Add("bomb");
        weights[0] = 1000;
        var theirs = await grain.Parcel();
        theirs.Weights.Clear();

        var kept = await grain.Parcel();
        Assert.Equal(["book"], kept.Contents);
        Assert.Equal([1], kept.Weights["grams"]);
        Assert.Equal("mine", kept.Label);
    }

    [Fact]
    public async Task Values_of_a_type_that_holds_itself_are_copied()
    {
        await using var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<IParcelGrain>("a");
        var inner = new Box { Size = 1 };
        await grain.KeepBox(new Box { Size = 10, Inner = inner });

        inner.Size = 500;

        Assert.Equal(11, await grain.BoxSizes());
    }

    [Fact]
    public async Task Immutable_values_pass()
    {
        await using var host = await GrainHosts.StartAsync();

        Assert.Equal(new Stamp("tree"), await host.Grains.GetGrain<IParcelGrain>("a").Echo(new Stamp("tree")));
    }
}
