using System.Globalization;

namespace RestateCloud.Load.Machine;

/// <summary>What Linux knows of a running process; see proc(5).</summary>
internal static class ProcessStatistics
{
    // USER_HZ, which is 100 on every Linux that .NET runs on.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>User and kernel time used so far, in steps of 10 ms.</summary>
    public static TimeSpan CpuTime(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        // The second field is a name in parentheses that may hold anything; utime and stime are the 14th and 15th.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return Tick * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));
    }

    /// <summary>The same of several together, or null of none.</summary>
    public static TimeSpan? CpuTime(IReadOnlyList<int> processIds) =>
        processIds.Count == 0 ? null : processIds.Select(CpuTime).Aggregate((sum, time) => sum + time);

    /// <summary>A process and all that it has started, directly or not, and that still run.</summary>
    public static IReadOnlyList<int> WithChildren(int processId)
    {
        var children = File.ReadAllText($"/proc/{processId}/task/{processId}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [processId, .. children.SelectMany(child => WithChildren(int.Parse(child, CultureInfo.InvariantCulture)))];
    }

    /// <summary>The proportional set size in bytes: its own pages in full, and its share of those it has in common with others.</summary>
    public static long ProportionalSetSize(int processId) => Kibibytes($"/proc/{processId}/smaps_rollup", "Pss:");

    /// <summary>All memory of this machine, in bytes.</summary>
    public static long MachineMemory() => Kibibytes("/proc/meminfo", "MemTotal:");

    private static long Kibibytes(string file, string label) =>
        1024 * long.Parse(
            File.ReadLines(file).First(line => line.StartsWith(label, StringComparison.Ordinal)).AsSpan(label.Length).Trim()[..^" kB".Length],
            CultureInfo.InvariantCulture);
}
