using System.Globalization;

namespace RestateCloud.Provisioning.LocalProcesses.Logs;

/// <summary>
/// A rotated part of a log. Positions count bytes from the beginning of the log and are never used twice, as the server's file only ever
/// grows (see <see cref="LogRotation"/>): a position means the same line before and after a rotation.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Start">The position of its first byte.</param>
/// <param name="End">The position after its last byte.</param>
/// <param name="LastUnixNanos">The time of its last line, in nanoseconds since 1970.</param>
internal sealed record LogSegment(string Path, long Start, long End, long LastUnixNanos)
{
    private const string Extension = ".segment";

    /// <summary>Where a segment with these properties belongs.</summary>
    public static string PathOf(string logs, long start, long lastUnixNanos) =>
        System.IO.Path.Combine(logs, string.Create(CultureInfo.InvariantCulture, $"{start:D19}-{lastUnixNanos:D19}{Extension}"));

    /// <summary>All segments of a log, the oldest first; each begins where the one before ends.</summary>
    public static IReadOnlyList<LogSegment> List(string logs)
    {
        var folder = new DirectoryInfo(logs);
        if (!folder.Exists) return [];
        return [.. folder.EnumerateFiles("*" + Extension).Select(Parse).OfType<LogSegment>().OrderBy(segment => segment.Start)];
    }

    private static LogSegment? Parse(FileInfo file)
    {
        var numbers = System.IO.Path.GetFileNameWithoutExtension(file.Name).Split('-');
        return numbers.Length == 2
            && long.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && long.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? new LogSegment(file.FullName, start, start + file.Length, last)
            : null;
    }
}
