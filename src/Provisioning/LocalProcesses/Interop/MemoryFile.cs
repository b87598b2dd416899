using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RestateCloud.Provisioning.LocalProcesses.Interop;

/// <summary>
/// A sealed file without a name, in memory only. A process that has it as standard input can open <c>/proc/self/fd/0</c> as often as it
/// likes and reads it from the start each time; nobody but its user can, and nothing of it reaches a disk's file system.
/// </summary>
internal static class MemoryFile
{
    /// <summary>Makes one with these contents.</summary>
    public static SafeFileHandle Create(string name, ReadOnlySpan<byte> contents)
    {
        var descriptor = Libc.CreateMemoryFile(name, Libc.MemoryCloseOnExec | Libc.MemoryAllowSealing);
        if (descriptor < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(file, contents, 0);
        if (Libc.Control(file, Libc.AddSeals, Libc.SealAll) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        return file;
    }
}
