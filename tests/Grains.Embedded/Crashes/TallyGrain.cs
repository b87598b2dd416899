using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Tests.Crashes;

public interface ITallyGrain : IGrainWithStringKey
{
    Task<int> Increment();

    Task<int> Value();

    Task<string[]> Reminders();
}

[GenerateSerializer]
public sealed record TallyState
{
    [Id(0)]
    public int Value { get; set; }

    [Id(1)]
    public string Padding { get; set; } = "";
}

/// <summary>Counts durably. Every tenth count registers a reminder as well, in a write of its own.</summary>
public sealed class TallyGrain([PersistentState("tally")] IPersistentState<TallyState> state) : Grain, ITallyGrain, IRemindable
{
    public async Task<int> Increment()
    {
        state.State.Value++;
        state.State.Padding = new string('x', state.State.Value % 20_000); // Rows of several pages.
        if (state.State.Value % 10 == 0)
            await this.RegisterOrUpdateReminder($"at {state.State.Value}", TimeSpan.FromDays(1), TimeSpan.FromDays(1));
        await state.WriteStateAsync();
        return state.State.Value;
    }

    public Task<int> Value() => Task.FromResult(state.State.Value);

    public async Task<string[]> Reminders() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName)];

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
