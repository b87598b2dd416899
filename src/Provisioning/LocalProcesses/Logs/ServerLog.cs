using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.LocalProcesses.Logs;

/// <summary>The file that a server writes its output to, itself and directly: what it says while nobody else runs is kept too.</summary>
internal static class ServerLog
{
    private const int OwnerOnly = 0x180;

    public static string Path(string logs) => System.IO.Path.Combine(logs, "server.log");

    /// <summary>
    /// Opens the log for appending and locks it. The lock belongs to the open file, which the server inherits: it holds as long as the server
    /// lives, whatever becomes of this program, and keeps two servers off one environment.
    /// </summary>
    /// <returns>The file, or null when a server holds it.</returns>
    public static SafeFileHandle? OpenExclusively(string logs)
    {
        var file = Open(logs);
        if (Libc.Lock(file, Libc.LockExclusive | Libc.LockNonBlocking) == 0) return file;

        var error = Marshal.GetLastPInvokeError();
        file.Dispose();
        return error == Libc.WouldBlock ? null : throw new Win32Exception(error);
    }

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

    private static SafeFileHandle Open(string logs)
    {
        var descriptor = Libc.Open(Path(logs), Libc.WriteOnly | Libc.Append | Libc.Create | Libc.CloseOnExec, OwnerOnly);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }
}
