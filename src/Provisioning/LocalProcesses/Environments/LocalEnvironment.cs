using System.ComponentModel;
using System.Security.Cryptography;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.LocalProcesses.Logs;
using RestateCloud.Provisioning.LocalProcesses.Servers;

namespace RestateCloud.Provisioning.LocalProcesses.Environments;

/// <summary>
/// One environment: at most one server, and what brings it from what it is to what it should be, a step at a time. Only who holds it acts;
/// see LocalEnvironment.Holding.cs.
/// </summary>
internal sealed partial class LocalEnvironment : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly EnvironmentFolder _folder;
    private readonly LocalServices _services;
    private readonly RestartBackoff _backoff;
    private RunningServer? _server;
    private string? _attempted;

    /// <param name="folder">Where it lies.</param>
    /// <param name="found">Servers of it that ran when this program started.</param>
    /// <param name="services">What all environments share.</param>
    public LocalEnvironment(EnvironmentFolder folder, IReadOnlyList<ServerProcess> found, LocalServices services)
    {
        _folder = folder;
        _found = found;
        _services = services;
        _backoff = new RestartBackoff(services.Options, services.Time);
    }

    /// <summary><c>env_…</c></summary>
    public string Id => _folder.EnvironmentId;

    /// <summary>Whether <see cref="SuperviseAsync"/> may find something new.</summary>
    public bool NeedsAttention => _server?.IsDue ?? IsDueToBeTaken;

    /// <summary>Whether something is under way that should be followed closely.</summary>
    public bool IsMoving => _server?.State is ServerState.Starting or ServerState.Stopping;

    /// <summary>The folder of its logs.</summary>
    public string Logs => _folder.Logs;

    /// <summary>As <see cref="IEnvironmentProvisioner.ReconcileAsync"/>.</summary>
    public Task<EnvironmentObservation> ReconcileAsync(EnvironmentSpec spec, CancellationToken cancellationToken) =>
        InTurnAsync(
            async () =>
            {
                var settings = ServerSettings.Of(spec, _services.Options.ServerEnvironment);
                var mark = new ServerMark(Id, spec.Version, ServerSettings.Revision(spec, settings), spec.Generation);
                if (!TryHold(mayBeNew: true)) return await LookAsync(mark, cancellationToken);

                await ObserveAsync(cancellationToken);
                return _server is { } server ? Follow(server, mark) : Start(spec, mark, settings);
            },
            cancellationToken);

    /// <summary>As <see cref="IEnvironmentProvisioner.RemoveAsync"/>.</summary>
    public Task<bool> RemoveAsync(CancellationToken cancellationToken) =>
        InTurnAsync(
            async () =>
            {
                if (_folder.Exists && !TryHold()) return false;

                await ObserveAsync(cancellationToken);
                if (_server is not null)
                {
                    Stop(_server);
                    return false;
                }

                if (_folder.Exists && IsHeldByAnotherServer()) return false;
                _services.Slots.Release(Id);
                _folder.Delete();
                return true;
            },
            cancellationToken);

    /// <summary>Looks after the server between calls.</summary>
    /// <returns>Whether something changed.</returns>
    public Task<bool> SuperviseAsync(CancellationToken cancellationToken) =>
        InTurnAsync(
            async () => IsDueToBeTaken ? TryHold() : IsHeld && await ObserveAsync(cancellationToken),
            cancellationToken);

    /// <summary>Rotates its log if that is due.</summary>
    public Task RotateLogAsync(CancellationToken cancellationToken) =>
        InTurnAsync(
            async () => IsHeld
                && await LogRotation.RotateAsync(Logs, _services.Options.LogSegmentBytes, _services.Options.LogSegments, cancellationToken),
            cancellationToken);

    /// <summary>Lets go of it: the server goes on, and whoever is asked next looks after it.</summary>
    public Task ReleaseAsync() =>
        InTurnAsync(
            () =>
            {
                Dispose();
                return Task.FromResult(true);
            },
            CancellationToken.None);

    /// <summary>As <see cref="ReleaseAsync"/>, when nothing is under way any more.</summary>
    public void Dispose()
    {
        _server?.Dispose();
        _server = null;
        LetGo();
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> step, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await step();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new ProvisioningException($"The environment's folder cannot be used: {e.Message}", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> ObserveAsync(CancellationToken cancellationToken)
    {
        if (_server is not { } server) return false;
        _folder.Sockets.MakeReachable();
        if (!await server.ObserveAsync(cancellationToken)) return false;

        if (server.State != ServerState.Starting) _services.Slots.Release(Id);
        if (server.State == ServerState.Ended) Bury(server);
        return true;
    }

    private void Bury(RunningServer server)
    {
        _server = null;
        using (server)
        {
            if (server.Failure is not { } failure) return;

            // Whatever kept it from becoming healthy is the reason; of one that was, only what it said at the end.
            var since = server.HealthyFor > TimeSpan.Zero ? LogTime.Of(_services.Time.GetUtcNow() - LastWords) : 0;
            var reason = LogTail.LastComplaint(Logs, since) is { } complaint ? $"{failure}: {complaint}" : $"{failure}.";
            _backoff.Fail(reason, server.HealthyFor);
            ServerMetrics.Failed();
            LogFailed(_services.Logger, Id, server.ProcessId, reason, _backoff.Failures);
            if (Directory.Exists(Logs)) ServerLog.Note(Logs, $"{failure}.");
        }
    }

    private EnvironmentObservation Follow(RunningServer server, ServerMark wanted)
    {
        if (server.Mark.Revision != wanted.Revision)
        {
            Stop(server);
            return Moving(server.Mark, $"Stopping restate-server {server.Mark.Version} to start {wanted.Version} with a new key or new settings.");
        }

        if (server.State != ServerState.Healthy) return Moving(server.Mark, $"restate-server {wanted.Version} is starting.");

        return Ready(wanted, server.SilentFor > 2 * _services.Options.HealthInterval
            ? $"restate-server has not answered for {server.SilentFor.TotalSeconds:0} s."
            : $"restate-server {wanted.Version} is running.");
    }

    private EnvironmentObservation Start(EnvironmentSpec spec, ServerMark mark, SortedDictionary<string, string> settings)
    {
        // Another version or key or other settings may well be the cure: they do not wait for what the last ones did.
        if (_attempted is not null && _attempted != mark.Revision) _backoff.Reset();
        if (_backoff.Remaining is { Ticks: > 0 } pause)
            return Waiting(_backoff.Hopeless ? EnvironmentPhase.Failed : EnvironmentPhase.BackingOff, _backoff.LastFailure!, pause);

        if (_services.Packages.Find(mark.Version) is not { } program) return Fetch(mark.Version);
        if (!_services.Slots.TryTake(Id)) return Moving(null, "Waiting for other environments to start.");

        _attempted = mark.Revision;
        try
        {
            _folder.Create();
            var key = _services.OpenKey(spec);
            if (ServerLauncher.Start(program, _folder, mark, settings, key) is { } process)
            {
                Follow(process);
                LogStarted(_services.Logger, Id, mark.Version, process.Handle.Id);
            }
            else
            {
                IsHeldByAnotherServer();
            }
        }
        catch (CryptographicException e)
        {
            throw new ProvisioningException("The environment's signing key cannot be opened with the keys of this cloud.", e);
        }
        finally
        {
            if (_server is null) _services.Slots.Release(Id);
        }

        return Moving(_server?.Mark, $"restate-server {mark.Version} is starting.");
    }

    private EnvironmentObservation Fetch(string version)
    {
        var failure = _services.Packages.FetchInBackground(version, Id, _services.Changes.Publish);
        return failure is null
            ? Waiting(EnvironmentPhase.Fetching, $"Fetching restate-server {version}.", TimeSpan.FromSeconds(1))
            : Waiting(EnvironmentPhase.BackingOff, failure, ServerPackages.PauseAfterFailure);
    }

    private void Stop(RunningServer server)
    {
        if (server.Stop()) LogStopping(_services.Logger, Id, server.Mark.Version, server.ProcessId);
    }

    /// <summary>Whether a server that is not followed holds the environment; if so it is followed from now on.</summary>
    private bool IsHeldByAnotherServer()
    {
        using (var taken = ServerLock.TryTake(_folder))
        {
            if (taken is not null) return false;
        }

        Adopt(ServerScan.Find(_services.EnvironmentsFolder, Id));
        return true;
    }

    private void Adopt(IEnumerable<ServerProcess> running, bool folderIsNew = false)
    {
        foreach (var process in running)
        {
            if (_server is null && !folderIsNew)
            {
                Follow(process);
                LogAdopted(_services.Logger, Id, process.Mark.Version, process.Handle.Id);
                continue;
            }

            End(process, _services.Logger);
        }
    }

    private void Follow(ServerProcess process) => _server = new RunningServer(process, Health(), _services.Options, _services.Time);

    private ServerHealth Health() => new(_folder.Sockets.Admin, _folder.Sockets.Ingress, _services.Options.HealthTimeout);

    private EnvironmentObservation Ready(ServerMark running, string message) => new(
        EnvironmentPhase.Ready,
        running.Generation,
        running.Version,
        UpstreamAddress.Unix(_folder.Sockets.Ingress),
        UpstreamAddress.Unix(_folder.Sockets.Admin),
        message);

    private static EnvironmentObservation Waiting(EnvironmentPhase phase, string message, TimeSpan pause) =>
        new(phase, 0, null, null, null, message, pause);

    private static EnvironmentObservation Moving(ServerMark? running, string message) =>
        new(EnvironmentPhase.Starting, running?.Generation ?? 0, running?.Version, null, null, message);
}
