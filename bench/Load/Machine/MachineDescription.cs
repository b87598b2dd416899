using System.Runtime.InteropServices;

namespace RestateCloud.Load.Machine;

/// <summary>The first lines of a report: where and when it was made, and what else the machine was doing.</summary>
internal static class MachineDescription
{
    public static void Write()
    {
        var model = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(": ")[1];
        var memory = ProcessStatistics.MachineMemory() / (double)(1 << 30);
        Console.WriteLine(
            $"{Environment.ProcessorCount} cores of {model}, {memory:0} GiB of memory, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}; {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, load average before {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
    }
}
