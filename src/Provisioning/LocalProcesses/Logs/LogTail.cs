using System.Text;
using System.Text.Json;

namespace RestateCloud.Provisioning.LocalProcesses.Logs;

/// <summary>Finds the line of a log that tells why a server ended.</summary>
internal static class LogTail
{
    private const int TailBytes = 32 * 1024;
    private const int LongestComplaint = 300;

    /// <summary>
    /// The last error that the server logged in the end of its last run; without one, its last line that is not JSON, as it is when it does
    /// not understand its configuration. Null when there is neither.
    /// </summary>
    /// <param name="logs">The folder of an environment's logs.</param>
    /// <param name="since">Earlier errors have nothing to do with it; nanoseconds since 1970.</param>
    public static string? LastComplaint(string logs, long since)
    {
        using var file = LogLines.TryOpen(ServerLog.Path(logs));
        if (file is null) return null;

        var tail = new byte[TailBytes];
        var read = RandomAccess.Read(file, tail, Math.Max(0, RandomAccess.GetLength(file) - TailBytes));
        var lines = Encoding.UTF8.GetString(tail, 0, read)
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Reverse()
            .TakeWhile(line => !line.Contains(ServerLog.OwnTarget, StringComparison.Ordinal))
            .ToList();
        return lines.Where(line => LogTime.Of(Encoding.UTF8.GetBytes(line), previous: 0) >= since)
                .Select(Error).FirstOrDefault(error => error is not null)
            ?? lines.Where(IsText).Select(Shorten).FirstOrDefault();
    }

    private static string? Error(string line)
    {
        if (line[0] != '{') return null;
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("level").GetString() != "ERROR") return null;
            var fields = json.RootElement.GetProperty("fields");
            return Shorten(string.Join(": ", fields.EnumerateObject()
                .Where(field => field.Name is "message" or "error" or "err")
                .OrderByDescending(field => field.Name == "message")
                .Select(field => field.Value.ToString())));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    // RocksDB says goodbye as text, and a rotated log begins with zeros.
    private static bool IsText(string line) => line[0] is not ('{' or '\0') && !line.StartsWith("[rocksdb]", StringComparison.Ordinal);

    private static string Shorten(string text) => text.Length <= LongestComplaint ? text : text[..LongestComplaint] + "…";
}
