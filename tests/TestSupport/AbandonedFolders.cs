using System.Diagnostics;
using System.Globalization;

namespace RestateCloud.TestSupport;

/// <summary>
/// Folders of test runs that were killed themselves and could not clean up. A folder's name tells the run that it belongs to; whatever runs
/// on the folder of a run that is gone is ended.
/// </summary>
public static class AbandonedFolders
{
    /// <summary>What this run's folders of a kind are called.</summary>
    public static string PrefixOf(string kind) => $"{kind}{Environment.ProcessId}-";

    /// <param name="kind">What such folders are called, before the number of the run.</param>
    /// <param name="program">Whose processes are ended that were started with a path in the folder.</param>
    /// <param name="endOthers">Ends what else runs on the folder.</param>
    public static void Remove(string kind, string program, Action<string>? endOthers = null)
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), $"{kind}*").Where(folder => IsAbandoned(folder, kind)))
        {
            try
            {
                foreach (var process in Process.GetProcessesByName(program).Where(process => IsOn(folder, process)))
                {
                    process.Kill();
                    process.WaitForExit(TimeSpan.FromSeconds(10));
                }

                endOthers?.Invoke(folder);
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                // Another run removes it at the same time, or something in it has not ended yet: the next run will.
            }
        }
    }

    private static bool IsAbandoned(string folder, string kind) =>
        int.TryParse(Path.GetFileName(folder)[kind.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var run)
        && !Directory.Exists($"/proc/{run}");

    private static bool IsOn(string folder, Process process)
    {
        try
        {
            var arguments = File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0');
            return arguments.Any(argument => argument == folder || argument.StartsWith($"{folder}/", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;
        }
    }
}
