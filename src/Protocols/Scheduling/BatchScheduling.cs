using System.Runtime.InteropServices;

namespace RestateCloud.Protocols.Scheduling;

/// <summary>
/// How Linux shares cores between a program that passes things on and those that it passes them on for (<c>SCHED_BATCH</c>, sched(7)): with the same
/// share for each, but a thread that something has come for does not take the core from whoever is at work on it.
/// </summary>
/// <remarks>
/// Otherwise a service is interrupted by the tunnel at each answer that it writes. Left alone it writes some more, and they go on together: where
/// hundreds of calls are in flight each costs a sixth to a third less CPU, as docs/benchmarks.md tells. Where a core is idle nothing is different.
/// </remarks>
public static partial class BatchScheduling
{
    // From <sched.h>.
    private const int Batch = 3;

    /// <summary>
    /// Asks for it, for the thread that calls and all that are started by it from then on, and so on: a program does so first of all. The processes
    /// that it starts inherit it too. What Linux refuses, in a sandbox for instance, and what other systems do not have, is done without.
    /// </summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsLinux()) return;
        var priority = 0;
        _ = SetScheduling(Self(), Batch, in priority);
    }

    // Not sched_setscheduler(2): glibc would not know of it, and .NET has it say of each thread that it starts what glibc knows of this one.
    // Of struct sched_param only the priority is read, and has to be 0.
    [LibraryImport("libc", EntryPoint = "pthread_setschedparam")]
    private static partial int SetScheduling(nint thread, int policy, in int priority);

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint Self();
}
