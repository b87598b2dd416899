namespace RestateCloud.Cedar.Extensions;

/// <summary>The text form of datetimes: <c>2024-10-15</c>, or with <c>T11:35:00</c>, optionally <c>.000</c>, and <c>Z</c> or an offset <c>+0100</c>.</summary>
internal static class DateTimeLiteral
{
    public const string Form = "a datetime is written as `2024-10-15`, `2024-10-15T11:35:00Z`, `2024-10-15T11:35:00.123Z` "
        + "or with an offset such as `+0100` in place of the Z";

    public static bool TryParse(string text, out long milliseconds)
    {
        milliseconds = 0;
        var rest = text.AsSpan();
        if (!Take(ref rest, 4, out var year) || !Take(ref rest, '-') || !Take(ref rest, 2, out var month)
            || !Take(ref rest, '-') || !Take(ref rest, 2, out var day)
            || !Calendar.TryDays(year, month, day, out var days)) return false;
        milliseconds = days * Calendar.Day;
        if (rest.IsEmpty) return true;

        if (!Take(ref rest, 'T') || !Take(ref rest, 2, out var hour) || !Take(ref rest, ':') || !Take(ref rest, 2, out var minute)
            || !Take(ref rest, ':') || !Take(ref rest, 2, out var second)
            || hour > 23 || minute > 59 || second > 59) return false;
        var thousandths = 0;
        if (Take(ref rest, '.') && !Take(ref rest, 3, out thousandths)) return false;
        milliseconds += hour * Calendar.Hour + minute * Calendar.Minute + second * Calendar.Second + thousandths;
        if (Take(ref rest, 'Z')) return rest.IsEmpty;

        var east = Take(ref rest, '+');
        if ((!east && !Take(ref rest, '-')) || !Take(ref rest, 2, out var offsetHours) || !Take(ref rest, 2, out var offsetMinutes)
            || offsetHours > 23 || offsetMinutes > 59 || !rest.IsEmpty) return false;
        var offset = offsetHours * Calendar.Hour + offsetMinutes * Calendar.Minute;
        milliseconds += east ? -offset : offset;
        return true;
    }

    private static bool Take(ref ReadOnlySpan<char> text, char expected)
    {
        if (text.IsEmpty || text[0] != expected) return false;
        text = text[1..];
        return true;
    }

    private static bool Take(ref ReadOnlySpan<char> text, int digits, out int value)
    {
        value = 0;
        if (text.Length < digits || !Digits.TryParse(text[..digits], out value)) return false;
        text = text[digits..];
        return true;
    }
}
