using System.Globalization;

namespace RestateCloud.TestSupport;

/// <summary>How Linux schedules threads, as proc(5) tells; the numbers are those of sched.h.</summary>
public static class SchedulingPolicy
{
    public const int Other = 0;
    public const int Batch = 3;

    // The name before it may hold anything, so fields are counted from the third.
    private const int PolicyAfterName = 38;

    public static int OfThisThread() => Read("/proc/thread-self").Policy;

    /// <summary>Of each thread of a process that runs now: its name and its policy.</summary>
    public static IReadOnlyList<(string Name, int Policy)> OfThreads(int processId)
    {
        List<(string Name, int Policy)> threads = [];
        foreach (var folder in Directory.EnumerateDirectories($"/proc/{processId}/task"))
        {
            try
            {
                threads.Add(Read(folder));
            }
            catch (IOException)
            {
                // Ended meanwhile.
            }
        }

        return threads;
    }

    private static (string Name, int Policy) Read(string folder)
    {
        var stat = File.ReadAllText($"{folder}/stat");
        var (start, end) = (stat.IndexOf('('), stat.LastIndexOf(')'));
        return (stat[(start + 1)..end], int.Parse(stat[(end + 2)..].Split(' ')[PolicyAfterName], CultureInfo.InvariantCulture));
    }
}
