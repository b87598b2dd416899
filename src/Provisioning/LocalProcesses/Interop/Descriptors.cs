using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RestateCloud.Provisioning.LocalProcesses.Interop;

/// <summary>Opens files as they are, for handing them to a process: without the locks that .NET puts on files it opens.</summary>
internal static class Descriptors
{
    private const int OwnerOnly = 0x180;

    /// <summary>Opens a file, mode 0600 if it is made.</summary>
    public static SafeFileHandle Open(string path, int flags)
    {
        var descriptor = Libc.Open(path, flags | Libc.CloseOnExec, OwnerOnly);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }
}
