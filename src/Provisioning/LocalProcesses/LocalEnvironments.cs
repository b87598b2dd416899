using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.LocalProcesses.Environments;

namespace RestateCloud.Provisioning.LocalProcesses;

/// <summary>The environments' own data in a data folder, for when its cloud does not run.</summary>
public static class LocalEnvironments
{
    /// <summary>What the folder of all environments is called in a data folder.</summary>
    public const string FolderName = EnvironmentsFolder.Name;

    /// <summary>
    /// Moves it to another data folder of the same file system, in one step: it happens or it does not. Servers that run go on, in the new
    /// place. Does nothing when it has happened before.
    /// </summary>
    /// <exception cref="ProvisioningException">There is data in both folders, or it cannot be moved.</exception>
    public static void Move(string fromDataFolder, string toDataFolder)
    {
        var (from, to) = (EnvironmentsFolder.Open(fromDataFolder), EnvironmentsFolder.Open(toDataFolder));
        if (!Directory.EnumerateDirectories(from).Any()) return;
        if (Directory.EnumerateDirectories(to).Any()) throw new ProvisioningException($"There are environments in {from} and in {to}; one of them must be empty.");

        try
        {
            Directory.Delete(to);
            Directory.Move(from, to);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProvisioningException($"{from} cannot be moved to {to}: {e.Message} On another file system, copy it yourself while no environment runs.", e);
        }
    }
}
