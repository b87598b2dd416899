using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Hosting;
using RestateCloud.Grains.Embedded.Storage;

namespace RestateCloud.Grains.Embedded.Reminders;

/// <summary>All reminders of the process. The stored ones are loaded at start; every change is durable before it takes effect.</summary>
internal sealed partial class ReminderService(GrainRuntime runtime)
{
    private readonly ConcurrentDictionary<(GrainId, string), ReminderTicker> _tickers = new();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var stored = await runtime.Database.ExecuteAsync(commands => commands.ReadReminders(), writes: false, cancellationToken);
        foreach (var reminder in stored)
        {
            if (runtime.Classes.Find(reminder.GrainId.TypeText)?.Interfaces.Contains(typeof(IRemindable)) == true) Tick(reminder);
            else LogOrphan(runtime.Logger, reminder.Name, reminder.GrainId);
        }
    }

    /// <summary>Stops ticking. Ticks that are under way are requests like others, and finish with their grains.</summary>
    public void Stop()
    {
        foreach (var (_, ticker) in _tickers) ticker.Dispose();
    }

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public async Task<IGrainReminder> RegisterAsync(GrainId grainId, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        if (period < runtime.Options.MinimumReminderPeriod)
            throw new ArgumentException(
                $"Reminder {name} has a period of {period}, below the minimum of {runtime.Options.MinimumReminderPeriod}.", nameof(period));
        var startAt = runtime.TimeProvider.GetUtcNow().UtcDateTime + dueTime;
        var etag = await runtime.Database.ExecuteAsync(
            commands => commands.WriteReminder(grainId, name, startAt, period), writes: true, CancellationToken.None);
        Tick(new StoredReminder(grainId, name, etag, startAt, period));
        return new ReminderHandle(grainId, name, etag);
    }

    /// <exception cref="ReminderException">The reminder was registered anew since the handle was made.</exception>
    public async Task UnregisterAsync(IGrainReminder reminder)
    {
        if (reminder is not ReminderHandle handle)
            throw new ArgumentException("This reminder was not made by this host.", nameof(reminder));
        var deleted = await runtime.Database.ExecuteAsync(
            commands => commands.DeleteReminder(handle.GrainId, handle.ReminderName, handle.Etag), writes: true, CancellationToken.None);
        if (!_tickers.TryGetValue((handle.GrainId, handle.ReminderName), out var ticker)) return;
        if (ticker.Reminder.Etag == handle.Etag) Remove(ticker);
        else if (!deleted)
            throw new ReminderException($"Reminder {handle.ReminderName} of {handle.GrainId} was registered anew: get it again and retry.");
    }

    public IGrainReminder? Find(GrainId grainId, string name) =>
        _tickers.TryGetValue((grainId, name), out var ticker) ? Handle(ticker) : null;

    public List<IGrainReminder> FindAll(GrainId grainId) =>
        [.. _tickers.Values.Where(ticker => ticker.Reminder.GrainId == grainId).Select(Handle)];

    private static ReminderHandle Handle(ReminderTicker ticker) =>
        new(ticker.Reminder.GrainId, ticker.Reminder.Name, ticker.Reminder.Etag);

    // Two registrations may be committed in one order and arrive here in the other: the later version stays.
    private void Tick(StoredReminder reminder)
    {
        var ticker = new ReminderTicker(runtime, reminder);
        var kept = _tickers.AddOrUpdate(
            (reminder.GrainId, reminder.Name),
            ticker,
            (_, current) => current.Reminder.Etag > reminder.Etag ? current : Replace(current, ticker));
        if (kept != ticker) ticker.Dispose();
    }

    private static ReminderTicker Replace(ReminderTicker current, ReminderTicker next)
    {
        current.Dispose();
        return next;
    }

    private void Remove(ReminderTicker ticker)
    {
        ticker.Dispose();
        _tickers.TryRemove(new((ticker.Reminder.GrainId, ticker.Reminder.Name), ticker));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reminder {Reminder} of {Grain} does not tick: no grain class here takes it")]
    private static partial void LogOrphan(ILogger logger, string reminder, GrainId grain);
}
