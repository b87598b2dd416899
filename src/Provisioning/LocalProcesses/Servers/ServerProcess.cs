using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>A running restate-server and what it was started as.</summary>
/// <param name="Handle">The process.</param>
/// <param name="Mark">What it carries.</param>
internal sealed record ServerProcess(ProcessHandle Handle, ServerMark Mark) : IDisposable
{
    public void Dispose() => Handle.Dispose();
}
