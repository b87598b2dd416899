using System.Globalization;

namespace RestateCloud.Cedar.Extensions;

/// <summary>The text form of durations: an optional minus, then numbers with the units d, h, m, s, ms, each at most once, in this order.</summary>
internal static class DurationLiteral
{
    public const string Form = "a duration is written as `1d2h3m4s5ms`, units in this order, any of them left out, "
        + "a minus before it, and has at most 64 bits of milliseconds";

    private static readonly (string Unit, long Milliseconds)[] Units =
    [
        ("d", Calendar.Day), ("h", Calendar.Hour), ("m", Calendar.Minute), ("s", Calendar.Second), ("ms", 1),
    ];

    public static bool TryParse(string text, out long milliseconds)
    {
        milliseconds = 0;
        var negative = text.StartsWith('-');
        var rest = text.AsSpan(negative ? 1 : 0);
        if (rest.IsEmpty) return false;

        Int128 total = 0;
        for (var next = 0; !rest.IsEmpty;)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits < 1 || !ulong.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            rest = rest[digits..];
            var letters = rest.IndexOfAnyInRange('0', '9');
            var unit = letters < 0 ? rest : rest[..letters];
            while (next < Units.Length && !unit.SequenceEqual(Units[next].Unit)) next++;
            if (next == Units.Length) return false;
            total += (Int128)number * Units[next++].Milliseconds;
            rest = rest[unit.Length..];
        }

        if (negative) total = -total;
        if (total < long.MinValue || total > long.MaxValue) return false;
        milliseconds = (long)total;
        return true;
    }

    public static string Format(long milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds}ms");
}
