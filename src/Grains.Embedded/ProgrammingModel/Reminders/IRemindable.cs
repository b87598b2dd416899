using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that has reminders.</summary>
public interface IRemindable : IGrain
{
    /// <summary>Called at each tick; activates the grain when needed. An exception is logged and the next tick comes as planned.</summary>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
