using System.Diagnostics;
using System.Globalization;

namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>
/// Clouds of test runs that were killed themselves and could not clean up. A data folder's name tells the run it belongs to; whatever runs on
/// the folder of a run that is gone is ended.
/// </summary>
public static class Leftovers
{
    private const string Prefix = "rc-e2e-";

    /// <summary>What the data folders of this run are called.</summary>
    public static string FolderPrefix { get; } = $"{Prefix}{Environment.ProcessId}-";

    public static void Remove()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), $"{Prefix}*").Where(IsAbandoned))
        {
            foreach (var process in CloudsOn(folder)) process.Kill();
            foreach (var server in ServerProcess.Of(folder)) server.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsAbandoned(string folder) =>
        int.TryParse(Path.GetFileName(folder)[Prefix.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var run)
        && !Directory.Exists($"/proc/{run}");

    private static IEnumerable<Process> CloudsOn(string folder) => Process.GetProcessesByName("dotnet").Where(process =>
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0').Contains(folder);
        }
        catch (IOException)
        {
            return false;
        }
    });
}
