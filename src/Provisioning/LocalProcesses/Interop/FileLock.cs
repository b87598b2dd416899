using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RestateCloud.Provisioning.LocalProcesses.Interop;

/// <summary>
/// A lock (flock) that belongs to an open file: it holds until the last who has that file open closes it or ends, and is then given up by the
/// kernel. Not .NET's own file locks: those are let go by whoever closes the file first.
/// </summary>
internal static class FileLock
{
    private const string Deleted = " (deleted)";

    /// <summary>Takes the lock without waiting; the file is made, its folder is not.</summary>
    /// <returns>The open file, or null when somebody else holds the lock.</returns>
    public static SafeFileHandle? TryTake(string path)
    {
        var file = Descriptors.Open(path, Libc.WriteOnly | Libc.Create);
        try
        {
            if (Libc.Lock(file, Libc.LockExclusive | Libc.LockNonBlocking) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error != Libc.WouldBlock) throw new Win32Exception(error);
            }
            else if (!IsDeleted(file))
            {
                var taken = file;
                file = null;
                return taken;
            }

            // Held, or deleted by who held it until now: nothing that the next one would find.
            return null;
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static bool IsDeleted(SafeFileHandle file) =>
        new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget is not { } target || target.EndsWith(Deleted, StringComparison.Ordinal);
}
