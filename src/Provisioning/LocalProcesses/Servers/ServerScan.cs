using RestateCloud.Grains.Identifiers;
using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>
/// Finds the servers of a data folder that run, whoever started them: processes that carry a <see cref="ServerMark"/> and whose working
/// folder is that environment's. Both are set before the server's first instruction and are gone with it, so no kill at any moment can make
/// them wrong.
/// </summary>
internal static class ServerScan
{
    private const string Deleted = " (deleted)";

    /// <summary>All servers below a folder of environments, the oldest first; the caller disposes them.</summary>
    /// <param name="environments">The folder of all environments, an absolute path without links.</param>
    /// <param name="only">One environment's id, or null for all.</param>
    public static IReadOnlyList<ServerProcess> Find(string environments, string? only = null)
    {
        var found = new List<(long StartTime, ServerProcess Server)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id) || !WorksBelow(folder, environments)) continue;
            if (Take(id, folder, environments, only) is { } server) found.Add(server);
        }

        return [.. found.OrderBy(server => server.StartTime).Select(server => server.Server)];
    }

    private static (long, ServerProcess)? Take(int id, string folder, string environments, string? only)
    {
        var handle = ProcessHandle.Open(id);
        if (handle is null) return null;
        try
        {
            // Read again now that the process is held: what is read is of this process if it has not ended after all that.
            var mark = ServerMark.Parse(File.ReadAllText(Path.Combine(folder, "environ")));
            var startTime = StartTime(File.ReadAllText(Path.Combine(folder, "stat")));
            if (mark is not null && ResourceId.IsValid(ResourceId.Environment, mark.EnvironmentId)
                && (only is null || mark.EnvironmentId == only)
                && WorkingFolder(folder) == Path.Combine(environments, mark.EnvironmentId) && !handle.HasExited)
            {
                var server = new ServerProcess(handle, mark);
                handle = null;
                return (startTime, server);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is somebody else's.
        }
        finally
        {
            handle?.Dispose();
        }

        return null;
    }

    private static bool WorksBelow(string folder, string environments) =>
        WorkingFolder(folder) is { } path && path.StartsWith(environments, StringComparison.Ordinal);

    private static string? WorkingFolder(string folder)
    {
        try
        {
            var target = new FileInfo(Path.Combine(folder, "cwd")).LinkTarget;
            return target is not null && target.EndsWith(Deleted, StringComparison.Ordinal) ? target[..^Deleted.Length] : target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Field 22 of proc(5) stat: clock ticks from boot to the start. The command before it is in parentheses and may hold anything.
    private static long StartTime(string stat) => long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19]);
}
