using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.LocalProcesses.Environments;
using RestateCloud.Provisioning.LocalProcesses.Interop;
using RestateCloud.Provisioning.LocalProcesses.Logs;

namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>
/// Starts a server: detached, with a minimal environment, its log file as output and its identity key as input. It reads the key again
/// whenever a partition gets a new leader, so a pipe would not do; a memory file can be read any number of times.
/// </summary>
internal static class ServerLauncher
{
    /// <summary>Starts it, unless another server holds this environment.</summary>
    /// <param name="program">The executable.</param>
    /// <param name="folder">The environment's folder, which exists.</param>
    /// <param name="mark">What the server is to carry.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="key">Its identity key, one PEM.</param>
    /// <returns>The server, or null when one is running already: see <see cref="ServerLock"/>.</returns>
    public static ServerProcess? Start(
        string program, EnvironmentFolder folder, ServerMark mark, IReadOnlyDictionary<string, string> settings, string key)
    {
        using var taken = ServerLock.TryTake(folder);
        if (taken is null) return null;

        var secret = Encoding.UTF8.GetBytes(key);
        try
        {
            using var input = MemoryFile.Create("identity-key", secret);
            using var output = ServerLog.Open(folder.Logs);
            ServerLog.Note(output, $"Starting restate-server {mark.Version}");
            var variables = new Dictionary<string, string>(settings);
            foreach (var (name, value) in mark.Variables) variables[name] = value;
            var id = DetachedProcess.Start(new DetachedStart(program, folder.Path, variables, input, output, taken));
            // A child that has ended already is a zombie until it is reaped, so its number cannot have been given to another.
            return new ServerProcess(ProcessHandle.Open(id)!, mark);
        }
        catch (Win32Exception e)
        {
            throw new ProvisioningException($"restate-server {mark.Version} could not be started: {e.Message}.", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
