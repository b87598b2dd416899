namespace RestateCloud.Cedar.Extensions;

/// <summary>
/// Arithmetic of datetimes (milliseconds since 1970-01-01T00:00:00Z) and durations (milliseconds), both 64 bits wide:
/// far beyond what <see cref="System.DateTime"/> holds. A result that does not fit is no value.
/// </summary>
internal static class Calendar
{
    public const long Second = 1000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    public static CedarValue Offset(long time, long by)
    {
        var sum = unchecked(time + by);
        return ((time ^ sum) & (by ^ sum)) < 0 ? default : CedarValue.OfDateTime(sum);
    }

    public static CedarValue DurationSince(long to, long from)
    {
        var difference = unchecked(to - from);
        return ((to ^ from) & (to ^ difference)) < 0 ? default : CedarValue.OfDuration(difference);
    }

    /// <summary>The start of the day; before 1970 that lies further from zero, and can be out of range.</summary>
    public static CedarValue ToDate(long time)
    {
        var intoDay = MillisecondsIntoDay(time);
        return time < long.MinValue + intoDay ? default : CedarValue.OfDateTime(time - intoDay);
    }

    public static CedarValue ToTime(long time) => CedarValue.OfDuration(MillisecondsIntoDay(time));

    /// <summary>Days from 1970-01-01 to a date of the Gregorian calendar, extended to the year 0.</summary>
    public static bool TryDays(int year, int month, int day, out long days)
    {
        days = 0;

        // The Gregorian calendar repeats every 400 years of 146,097 days; DateOnly knows no year 0, so count in a later cycle.
        var (cycles, yearOfCycle) = Math.DivRem(year, 400);
        if (month is < 1 or > 12 || day < 1 || day > System.DateTime.DaysInMonth(yearOfCycle + 400, month)) return false;
        days = new DateOnly(yearOfCycle + 400, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber + (cycles - 1) * 146_097L;
        return true;
    }

    private static long MillisecondsIntoDay(long time)
    {
        var rest = time % Day;
        return rest < 0 ? rest + Day : rest;
    }
}
