using Microsoft.Win32.SafeHandles;
using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.LocalProcesses.Environments;

/// <summary>
/// Keeps two processes of this program, silos of one machine, from looking after one environment. No server inherits it: it goes with the
/// process, however that ends.
/// </summary>
internal static class SupervisionLock
{
    /// <returns>The open file, or null when another process holds it.</returns>
    public static SafeFileHandle? TryTake(EnvironmentFolder folder) => FileLock.TryTake(Path.Combine(folder.Path, "supervision.lock"));
}
