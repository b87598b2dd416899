using Microsoft.Win32.SafeHandles;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.LocalProcesses.Interop;
using RestateCloud.Provisioning.LocalProcesses.Servers;

namespace RestateCloud.Provisioning.LocalProcesses.Environments;

/// <summary>
/// Which process of this machine looks after the environment. Its grain is in one silo, but moves; the one that had it last may be slow to
/// let go, or not even know yet. Who is asked and does not hold the environment changes nothing, says what it sees, and takes it as soon as
/// that is possible.
/// </summary>
internal sealed partial class LocalEnvironment
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);

    private SafeFileHandle? _held;
    private long? _triedInVain;
    private IReadOnlyList<ServerProcess> _found;

    /// <summary>Ends a server that nobody should have started, or whose folder is gone.</summary>
    public static void End(ServerProcess surplus, ILogger logger)
    {
        LogSurplus(logger, surplus.Mark.EnvironmentId, surplus.Handle.Id);
        surplus.Handle.Signal(Libc.Kill);
        surplus.Dispose();
    }

    private bool IsHeld => _held is not null;

    private bool IsDueToBeTaken => _triedInVain is { } tried && _services.Time.GetElapsedTime(tried) >= BetweenTries;

    /// <summary>Takes the environment for this process if nobody else has it. What runs is followed from then on.</summary>
    /// <param name="mayBeNew">Whether its folder is made if need be.</param>
    private bool TryHold(bool mayBeNew = false)
    {
        if (IsHeld) return true;

        var folderIsNew = !_folder.Exists;
        if (folderIsNew && !mayBeNew) return false;
        if (folderIsNew) PrivateFolder.Create(_folder.Path);
        _held = SupervisionLock.TryTake(_folder);
        if (_held is null)
        {
            if (_triedInVain is null) LogHeldElsewhere(_services.Logger, Id);
            _triedInVain = _services.Time.GetTimestamp();
            return false;
        }

        _triedInVain = null;
        LogHeld(_services.Logger, Id);
        Adopt(Running(), folderIsNew);
        return true;
    }

    private void LetGo()
    {
        _triedInVain = null;
        if (_held is null) return;
        LogLetGo(_services.Logger, Id);
        _held.Dispose();
        _held = null;
    }

    /// <summary>The servers that run, the oldest first. Those that were found at the start save a search as long as they are still the ones.</summary>
    private IEnumerable<ServerProcess> Running()
    {
        var found = _found;
        _found = [];
        if (found.Count > 0 && found.All(server => !server.Handle.HasExited)) return found;

        foreach (var server in found) server.Dispose();
        using var free = ServerLock.TryTake(_folder);
        return free is null ? ServerScan.Find(_services.EnvironmentsFolder, Id) : [];
    }

    /// <summary>What can be said of an environment that another process looks after.</summary>
    private async Task<EnvironmentObservation> LookAsync(ServerMark wanted, CancellationToken cancellationToken)
    {
        var running = ServerScan.Find(_services.EnvironmentsFolder, Id);
        try
        {
            if (running.FirstOrDefault(server => server.Mark.Revision == wanted.Revision) is { } server)
            {
                using var health = Health();
                if (await health.AnswersAsync(cancellationToken) && await health.LeadsAsync(cancellationToken))
                    return Ready(wanted, $"restate-server {wanted.Version} is running.");
            }

            return Moving(running.FirstOrDefault()?.Mark, "Another silo of this machine still looks after it.");
        }
        finally
        {
            foreach (var server in running) server.Dispose();
        }
    }
}
