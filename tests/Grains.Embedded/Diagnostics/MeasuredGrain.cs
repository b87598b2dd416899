using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Tests.Diagnostics;

/// <summary>Called by <see cref="DiagnosticsTests"/> alone, because measurements are shared by all hosts of the process.</summary>
public interface IMeasuredGrain : IGrainWithStringKey
{
    Task Save();

    Task Fail();
}

public sealed class MeasuredGrain([PersistentState("measured")] IPersistentState<List<int>> state) : Grain, IMeasuredGrain
{
    public Task Save()
    {
        state.State.Add(1);
        return state.WriteStateAsync();
    }

    public Task Fail() => throw new InvalidOperationException("Failed on purpose.");
}
