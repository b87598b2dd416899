using System.Globalization;
using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Tests.Semantics.Grains;

public interface IReminderGrain : IGrainWithStringKey
{
    Task Register(string name, TimeSpan dueTime, TimeSpan period);

    Task<bool> Unregister(string name);

    /// <summary>Registers, registers again and tries to remove by the first handle.</summary>
    Task UnregisterByStaleHandle(string name);

    Task<string[]> Names();

    Task FailTicks();
}

public sealed class ReminderGrain(Journal journal) : Grain, IReminderGrain, IRemindable
{
    private bool _fail;

    public Task Register(string name, TimeSpan dueTime, TimeSpan period) => this.RegisterOrUpdateReminder(name, dueTime, period);

    public async Task<bool> Unregister(string name)
    {
        if (await this.GetReminder(name) is not { } reminder) return false;
        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task UnregisterByStaleHandle(string name)
    {
        var stale = await this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(2), TimeSpan.FromHours(2));
        await this.UnregisterReminder(stale);
    }

    public async Task<string[]> Names() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order()];

    public Task FailTicks()
    {
        _fail = true;
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var minutes = Math.Round((status.CurrentTickTime - status.FirstTickTime).TotalMinutes).ToString(CultureInfo.InvariantCulture);
        journal.Add($"tick {this.GetPrimaryKeyString()} {reminderName}");
        journal.Add($"tick {this.GetPrimaryKeyString()} {reminderName} after {minutes} min");
        return _fail ? throw new InvalidOperationException("A tick fails.") : Task.CompletedTask;
    }
}
