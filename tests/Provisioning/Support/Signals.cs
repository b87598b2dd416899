using System.Diagnostics;
using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.Tests.Support;

/// <summary>What befalls processes.</summary>
internal static class Signals
{
    public const int Kill = 9, Stop = 19;

    public static void Send(int processId, int signal)
    {
        using var process = ProcessHandle.Open(processId)!;
        process.Signal(signal);
    }

    public static bool IsRunning(int processId)
    {
        using var process = ProcessHandle.Open(processId);
        return process is { HasExited: false };
    }

    /// <summary>Starts a program that pretends to be the server of an environment: in its folder and with its mark.</summary>
    public static Process StartImpostor(string folder, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var start = new ProcessStartInfo("sleep", "600") { WorkingDirectory = folder };
        start.Environment.Clear();
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
