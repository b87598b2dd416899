using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using RestateCloud.Provisioning.LocalProcesses.Environments;
using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>
/// Keeps two servers off one environment. The lock belongs to an open file that the server inherits: it holds exactly as long as the server
/// lives, whatever becomes of this program, and is given up by the kernel.
/// </summary>
internal static class ServerLock
{
    /// <summary>Takes the lock, to be handed to a server and closed here.</summary>
    /// <returns>The open file, or null when a server holds it.</returns>
    public static SafeFileHandle? TryTake(EnvironmentFolder folder)
    {
        // Not with .NET's own file locks: those are let go by whoever closes the file first.
        var file = Descriptors.Open(Path.Combine(folder.Path, "server.lock"), Libc.WriteOnly | Libc.Create);
        if (Libc.Lock(file, Libc.LockExclusive | Libc.LockNonBlocking) == 0) return file;

        var error = Marshal.GetLastPInvokeError();
        file.Dispose();
        return error == Libc.WouldBlock ? null : throw new Win32Exception(error);
    }
}
