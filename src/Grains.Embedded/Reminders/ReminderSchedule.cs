using RestateCloud.Grains.Embedded.Storage;

namespace RestateCloud.Grains.Embedded.Reminders;

/// <summary>When reminders tick.</summary>
internal static class ReminderSchedule
{
    /// <summary>
    /// The first tick at or after <paramref name="now"/>: ticks are whole periods after the first and those missed are left out.
    /// </summary>
    public static DateTime NextTick(StoredReminder reminder, DateTime now)
    {
        if (now <= reminder.StartAt) return reminder.StartAt;
        var sinceTick = (now - reminder.StartAt).Ticks % reminder.Period.Ticks;
        return sinceTick == 0 ? now : now.AddTicks(reminder.Period.Ticks - sinceTick);
    }

    /// <summary>The tick after the one at <paramref name="previous"/>, when that has ended at <paramref name="now"/>.</summary>
    public static DateTime FollowingTick(StoredReminder reminder, DateTime previous, DateTime now)
    {
        var next = NextTick(reminder, now);
        return next > previous ? next : previous + reminder.Period;
    }
}
