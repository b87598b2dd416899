using System.Diagnostics;
using System.Globalization;

namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>A running restate-server of a data folder, found as an operator would find it: by its working directory.</summary>
/// <param name="Id">Process id.</param>
/// <param name="EnvironmentId">The environment in whose folder it runs.</param>
public sealed record ServerProcess(int Id, string EnvironmentId)
{
    /// <summary>Every process that runs in the folder of an environment.</summary>
    public static IReadOnlyList<ServerProcess> Of(string dataFolder)
    {
        var environments = Path.Combine(dataFolder, "environments") + Path.DirectorySeparatorChar;
        return
        [
            .. from folder in Directory.EnumerateDirectories("/proc")
               let id = int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
               where id != 0
               let workingFolder = WorkingFolder(folder)
               where workingFolder.StartsWith(environments, StringComparison.Ordinal)
               select new ServerProcess(id, workingFolder[environments.Length..].Split('/', ' ')[0]),
        ];
    }

    /// <summary>SIGKILL; does nothing when the process is gone already.</summary>
    public void Kill()
    {
        try
        {
            using var process = Process.GetProcessById(Id);
            process.Kill();
            process.WaitForExit(TimeSpan.FromSeconds(10));
        }
        catch (ArgumentException)
        {
            // Ended meanwhile.
        }
    }

    private static string WorkingFolder(string processFolder)
    {
        try
        {
            return new FileInfo(Path.Combine(processFolder, "cwd")).LinkTarget ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile, or another user's.
            return "";
        }
    }
}
