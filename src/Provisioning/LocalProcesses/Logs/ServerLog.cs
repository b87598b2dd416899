using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.LocalProcesses.Logs;

/// <summary>The file that a server writes its output to, itself and directly: what it says while nobody else runs is kept too.</summary>
internal static class ServerLog
{
    /// <summary>What only lines of <see cref="Note(string, string)"/> hold.</summary>
    public const string OwnTarget = "\"target\":\"restate_cloud\"";

    public static string Path(string logs) => System.IO.Path.Combine(logs, "server.log");

    /// <summary>Opens the log for appending.</summary>
    public static SafeFileHandle Open(string logs) => Descriptors.Open(Path(logs), Libc.WriteOnly | Libc.Append | Libc.Create);

    /// <summary>Adds a line in the form of the server's own, so that its readers see what happened to the server.</summary>
    public static void Note(string logs, string message)
    {
        using var file = Open(logs);
        Note(file, message);
    }

    public static void Note(SafeFileHandle file, string message)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(new
        {
            timestamp = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
            level = "INFO",
            fields = new { message },
            target = "restate_cloud",
        });
        // Appends in one write whatever the offset, as the file was opened for appending: lines of two writers do not mix.
        RandomAccess.Write(file, [.. line, (byte)'\n'], 0);
    }
}
