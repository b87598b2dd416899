using System.ComponentModel;
using System.Runtime.InteropServices;

namespace RestateCloud.Provisioning.LocalProcesses.Interop;

/// <summary>What a process is started with: exactly this, nothing inherited.</summary>
/// <param name="Program">Its executable, an absolute path.</param>
/// <param name="Folder">Its working folder.</param>
/// <param name="Environment">All of its environment variables.</param>
/// <param name="Input">Its standard input.</param>
/// <param name="Output">Its standard output and standard error.</param>
/// <param name="Kept">A file that it keeps open, as its descriptor 3, without knowing of it.</param>
internal sealed record DetachedStart(
    string Program, string Folder, IReadOnlyDictionary<string, string> Environment, SafeHandle Input, SafeHandle Output, SafeHandle Kept);

/// <summary>
/// Starts processes that go on when this one ends: a session of their own (no Ctrl+C, no hang-up), default signal handling, only the
/// descriptors meant for it. System.Diagnostics.Process can do none of this. posix_spawn never runs managed code in the child.
/// </summary>
internal static class DetachedProcess
{
    // Larger than the opaque structures of glibc (336, 80 and 128 bytes) and musl.
    private const int OpaqueSize = 1024;

    /// <summary>Starts it and gives its process id.</summary>
    /// <exception cref="Win32Exception">It could not be started.</exception>
    public static int Start(DetachedStart start)
    {
        using var memory = new NativeMemory();
        nint actions = memory.Reserve(OpaqueSize), attributes = memory.Reserve(OpaqueSize), signals = memory.Reserve(OpaqueSize);
        Check(Libc.InitializeActions(actions));
        Check(Libc.InitializeAttributes(attributes));
        try
        {
            Check(Libc.AddDuplicate(actions, start.Input, 0));
            Check(Libc.AddDuplicate(actions, start.Output, 1));
            Check(Libc.AddDuplicate(actions, start.Output, 2));
            Check(Libc.AddDuplicate(actions, start.Kept, 3));
            Check(Libc.AddChangeFolder(actions, start.Folder));
            CloseTheRest(actions);

            Check(Libc.SetFlags(attributes, Libc.SpawnSetSession | Libc.SpawnSetSignalDefaults | Libc.SpawnSetSignalMask | Libc.SpawnSetScheduler));
            // Not this program's own: it is a server. musl does not have this and goes without.
            _ = Libc.SetSchedulingPolicy(attributes, Libc.OrdinaryScheduling);
            Check(Libc.FillSignals(signals));
            Check(Libc.SetDefaultSignals(attributes, signals));
            Check(Libc.EmptySignals(signals));
            Check(Libc.SetSignalMask(attributes, signals));

            var arguments = memory.Strings([start.Program]);
            var environment = memory.Strings([.. start.Environment.Select(variable => $"{variable.Key}={variable.Value}")]);
            Check(Libc.Spawn(out var processId, start.Program, actions, attributes, arguments, environment));
            return processId;
        }
        finally
        {
            Libc.DestroyAttributes(attributes);
            Libc.DestroyActions(actions);
        }
    }

    private static void CloseTheRest(nint actions)
    {
        try
        {
            Check(Libc.AddCloseFrom(actions, 4));
        }
        catch (EntryPointNotFoundException)
        {
            // glibc before 2.34 and musl lack it; .NET's own descriptors are closed on exec anyway, only inherited ones would stay open.
        }
    }

    private static void Check(int error)
    {
        if (error != 0) throw new Win32Exception(error);
    }
}
