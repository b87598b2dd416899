using System.Runtime.InteropServices;

namespace RestateCloud.Provisioning.LocalProcesses.Interop;

/// <summary>
/// The few calls of Linux that .NET does not offer: starting a process that survives this one, holding a process by more than its number,
/// locks that a child inherits, files without a name and holes in files. Numbers are those of the kernel's generic ABI, equal on x64 and
/// arm64.
/// </summary>
internal static partial class Libc
{
    public const int WriteOnly = 0x1, ReadOnly = 0x0, Create = 0x40, Append = 0x400, CloseOnExec = 0x80000;
    public const int LockExclusive = 2, LockNonBlocking = 4;
    public const int MemoryCloseOnExec = 1, MemoryAllowSealing = 2;
    public const int AddSeals = 1033, SealAll = 0xF;
    public const int KeepSize = 1, PunchHole = 2;
    public const int PollIn = 1;
    public const int NoHang = 1;
    public const short SpawnSetSignalDefaults = 0x04, SpawnSetSignalMask = 0x08, SpawnSetScheduler = 0x20, SpawnSetSession = 0x80;
    public const int OrdinaryScheduling = 0;
    public const int Terminate = 15, Kill = 9;
    public const int NoSuchProcess = 3, WouldBlock = 11;
    private const string Library = "libc";
    private const int PidfdSendSignal = 424, PidfdOpen = 434;

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    public static int OpenProcess(int processId) => (int)Call(PidfdOpen, processId, 0, 0, 0);

    public static int SignalProcess(int descriptor, int signal) => (int)Call(PidfdSendSignal, descriptor, signal, 0, 0);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeHandle descriptor, int operation);

    [LibraryImport(Library, EntryPoint = "fallocate", SetLastError = true)]
    public static partial int Allocate(SafeHandle descriptor, int mode, long offset, long length);

    [LibraryImport(Library, EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateMemoryFile(string name, uint flags);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(SafeHandle descriptor, int command, int argument);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int Wait(int processId, out int status, int options);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Stat(int folder, string path, int flags, uint mask, [Out] byte[] result);
}
