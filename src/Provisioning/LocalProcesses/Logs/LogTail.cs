using System.Text;
using System.Text.Json;

namespace RestateCloud.Provisioning.LocalProcesses.Logs;

/// <summary>Finds the line of a log that tells why a server ended.</summary>
internal static class LogTail
{
    private const int TailBytes = 32 * 1024;
    private const int LongestComplaint = 300;

    /// <summary>The last error in the end of the log, or its last line that is not the server's usual JSON; null when there is neither.</summary>
    public static string? LastComplaint(string logs)
    {
        try
        {
            using var file = new FileStream(ServerLog.Path(logs), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            file.Seek(-Math.Min(TailBytes, file.Length), SeekOrigin.End);
            using var reader = new StreamReader(file, Encoding.UTF8);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Reverse()
                .TakeWhile(line => !line.Contains("\"target\":\"restate_cloud\"", StringComparison.Ordinal))
                .Select(Complaint)
                .FirstOrDefault(complaint => complaint is not null);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? Complaint(string line)
    {
        if (!line.StartsWith('{')) return Shorten(line);
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

    private static string Shorten(string text) => text.Length <= LongestComplaint ? text : text[..LongestComplaint] + "…";
}
