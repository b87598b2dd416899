using Orleans.Concurrency;
using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Tests.Semantics.Grains;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    [ReadOnly]
    Task<int> Get();

    Task<bool> Exists();

    Task Clear();

    /// <summary>Writes through a second view of the same record, which has not seen what the first one wrote.</summary>
    Task WriteStale();

    Task ChangeWithoutWriting(int value);

    Task Deactivate();
}

[GenerateSerializer]
public sealed record CounterState
{
    [Id(0)]
    public int Value { get; set; }
}

public sealed class CounterGrain(
    [PersistentState("counter")] IPersistentState<CounterState> state,
    [PersistentState("counter")] IPersistentState<CounterState> sameState,
    Journal journal) : Grain, ICounterGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Add($"activate {this.GetPrimaryKeyString()}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Add($"deactivate {this.GetPrimaryKeyString()} {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public async Task<int> Add(int amount)
    {
        state.State.Value += amount;
        await state.WriteStateAsync();
        return state.State.Value;
    }

    public Task<int> Get() => Task.FromResult(state.State.Value);

    public Task<bool> Exists() => Task.FromResult(state.RecordExists);

    public Task Clear() => state.ClearStateAsync();

    public Task WriteStale()
    {
        sameState.State.Value = 100;
        return sameState.WriteStateAsync();
    }

    public Task ChangeWithoutWriting(int value)
    {
        state.State.Value = value;
        return Task.CompletedTask;
    }

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
