using System.Globalization;
using System.Text;

namespace RestateCloud.Provisioning.LocalProcesses.Logs;

/// <summary>The times of log lines.</summary>
internal static class LogTime
{
    private const int NanosPerTick = 100;

    /// <summary>What restate-server begins each line of its JSON log with (observed with 1.6 and 1.7).</summary>
    private static ReadOnlySpan<byte> Beginning => "{\"timestamp\":\""u8;

    /// <summary>
    /// The time of a line that follows another: its own, or the other's where it has none (a panic's lines) or an earlier one (threads of a
    /// server overtake each other by microseconds), so that a log is always in the order of time.
    /// </summary>
    /// <param name="line">A line.</param>
    /// <param name="previous">The time of the line before, in nanoseconds since 1970.</param>
    public static long Of(ReadOnlySpan<byte> line, long previous)
    {
        if (!line.StartsWith(Beginning)) return previous;
        var rest = line[Beginning.Length..];
        var length = rest.IndexOf((byte)'"');
        if (length is < 1 or > 40) return previous;

        Span<char> text = stackalloc char[length];
        Encoding.Latin1.GetChars(rest[..length], text);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Math.Max(previous, Of(time))
            : previous;
    }

    /// <summary>A moment in nanoseconds since 1970.</summary>
    public static long Of(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).Ticks * NanosPerTick;
}
