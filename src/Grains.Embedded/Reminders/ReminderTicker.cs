using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Diagnostics;
using RestateCloud.Grains.Embedded.Hosting;
using RestateCloud.Grains.Embedded.Storage;

namespace RestateCloud.Grains.Embedded.Reminders;

/// <summary>Sends the ticks of one reminder, each after the last has ended.</summary>
internal sealed partial class ReminderTicker : IDisposable
{
    // A timer takes at most 49 days; a longer wait is made of several.
    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(1);

    private readonly GrainRuntime _runtime;
    private readonly IRemindable _grain;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private DateTime _nextTick;
    private bool _disposed;

    public ReminderTicker(GrainRuntime runtime, StoredReminder reminder)
    {
        _runtime = runtime;
        Reminder = reminder;
        _grain = (IRemindable)runtime.CreateReference(typeof(IRemindable), reminder.GrainId);
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            _timer = runtime.TimeProvider.CreateTimer(
                static ticker => _ = ((ReminderTicker)ticker!).OnTimerAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Schedule(ReminderSchedule.NextTick(reminder, Now));
    }

    public StoredReminder Reminder { get; }

    private DateTime Now => _runtime.TimeProvider.GetUtcNow().UtcDateTime;

    public void Dispose()
    {
        lock (_lock) _disposed = true;
        _timer.Dispose();
    }

    private void Schedule(DateTime tick)
    {
        lock (_lock)
        {
            if (_disposed) return;
            _nextTick = tick;
            var wait = tick - Now;
            _timer.Change(wait <= TimeSpan.Zero ? TimeSpan.Zero : wait > MaxWait ? MaxWait : wait, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task OnTimerAsync()
    {
        var tick = _nextTick;
        var now = Now;
        if (now < tick)
        {
            Schedule(tick);
            return;
        }
        lock (_lock)
        {
            if (_disposed) return;
        }
        try
        {
            await _grain.ReceiveReminder(Reminder.Name, new TickStatus(Reminder.StartAt, Reminder.Period, now));
            GrainMetrics.ReminderTicks.Add(1, GrainMetrics.TypeTag(Reminder.GrainId));
        }
        catch (Exception exception)
        {
            LogTickFailed(_runtime.Logger, exception, Reminder.Name, Reminder.GrainId);
        }
        Schedule(ReminderSchedule.FollowingTick(Reminder, tick, Now));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reminder {Reminder} of {Grain} failed; the next tick comes as planned")]
    private static partial void LogTickFailed(ILogger logger, Exception exception, string reminder, GrainId grain);
}
