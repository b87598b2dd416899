using Microsoft.Win32.SafeHandles;
using RestateCloud.Provisioning.LocalProcesses.Environments;
using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>
/// Keeps two servers off one environment. The server inherits the open file: the lock holds exactly as long as the server lives, whatever
/// becomes of this program.
/// </summary>
internal static class ServerLock
{
    /// <summary>Takes the lock, to be handed to a server and closed here.</summary>
    /// <returns>The open file, or null when a server holds it.</returns>
    public static SafeFileHandle? TryTake(EnvironmentFolder folder) => FileLock.TryTake(Path.Combine(folder.Path, "server.lock"));
}
