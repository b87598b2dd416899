using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RestateCloud.Provisioning.LocalProcesses.Interop;

/// <summary>
/// A process, held by a pidfd: unlike its number it can never come to mean another process. It works alike for children and for processes
/// that an earlier run of this program started. Its end is noticed by polling the descriptor, which costs a microsecond.
/// </summary>
internal sealed class ProcessHandle : IDisposable
{
    private readonly SafeFileHandle _descriptor;
    private int? _status;

    private ProcessHandle(int processId, int descriptor)
    {
        Id = processId;
        _descriptor = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    public int Id { get; }

    /// <summary>Whether it has ended; a zombie has.</summary>
    public bool HasExited
    {
        get
        {
            var poll = new Libc.PollDescriptor { Descriptor = (int)_descriptor.DangerousGetHandle(), Events = Libc.PollIn };
            return Libc.Poll(ref poll, 1, 0) == 1;
        }
    }

    /// <summary>Takes hold of a process, or null when there is none of this number.</summary>
    public static ProcessHandle? Open(int processId)
    {
        var descriptor = Libc.OpenProcess(processId);
        if (descriptor >= 0) return new ProcessHandle(processId, descriptor);

        var error = Marshal.GetLastPInvokeError();
        return error == Libc.NoSuchProcess ? null : throw new Win32Exception(error);
    }

    /// <summary>Sends a signal; one that comes too late is no error.</summary>
    public void Signal(int signal)
    {
        if (Libc.SignalProcess((int)_descriptor.DangerousGetHandle(), signal) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        if (error != Libc.NoSuchProcess) throw new Win32Exception(error);
    }

    /// <summary>
    /// How it ended, such as "exited with code 1"; only a parent is told, so for others it just "ended". Takes a child's remains away.
    /// </summary>
    public string DescribeEnd()
    {
        if (_status is null && Libc.Wait(Id, out var status, Libc.NoHang) == Id) _status = status;
        return _status switch
        {
            null => "ended",
            { } code when (code & 0x7F) == 0 => $"exited with code {(code >> 8) & 0xFF}",
            { } signalled => $"was ended by signal {signalled & 0x7F}",
        };
    }

    public void Dispose() => _descriptor.Dispose();
}
