using System.ComponentModel;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.LocalProcesses.Environments;

/// <summary>The folder of all environments of a data folder.</summary>
internal static class EnvironmentsFolder
{
    public const string Name = "environments";

    /// <summary>Makes it if need be and gives its path as the kernel does: absolute and without links.</summary>
    /// <exception cref="ProvisioningException">It cannot be made or read.</exception>
    public static string Open(string dataFolder)
    {
        var path = Path.GetFullPath(Path.Combine(dataFolder, Name));
        try
        {
            PrivateFolder.Create(path);
            using var folder = Descriptors.Open(path, Libc.ReadOnly);
            return new FileInfo($"/proc/self/fd/{folder.DangerousGetHandle()}").LinkTarget!;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new ProvisioningException($"The data folder {dataFolder} cannot be used: {e.Message}", e);
        }
    }
}
