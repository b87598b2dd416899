using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Secrets;
using RestateCloud.Provisioning.LocalProcesses.Environments;
using RestateCloud.Provisioning.LocalProcesses.Servers;

namespace RestateCloud.Provisioning.LocalProcesses;

/// <summary>
/// Environments as restate-server processes of this machine. The processes do not depend on this one: they go on when it ends, and the next
/// one that is asked for an environment finds and keeps them.
/// </summary>
internal sealed class LocalProcessProvisioner : IEnvironmentProvisioner, IDisposable
{
    private readonly LocalServices _services;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LocalEnvironment> _environments = [];
    private readonly Dictionary<string, ServerProcess[]> _found;

    public LocalProcessProvisioner(
        LocalProcessOptions options,
        ServerPackages packages,
        ISecretProtector secrets,
        TimeProvider time,
        ILogger<LocalProcessProvisioner> logger)
    {
        if (!OperatingSystem.IsLinux()) throw new ProvisioningException("Local environments need Linux.");

        var changes = new ChangeFeed();
        var folder = EnvironmentsFolder.Open(options.DataFolder);
        _services = new LocalServices(
            folder, options, packages, new StartSlots(options.ConcurrentStarts, changes.Publish), changes, secrets, time, logger);
        _found = ServerScan.Find(folder).GroupBy(server => server.Mark.EnvironmentId).ToDictionary(servers => servers.Key, servers => servers.ToArray());
        EndServersWithoutFolder();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Versions => _services.Packages.Versions;

    /// <summary>All environments that this process was asked for.</summary>
    public LocalEnvironment[] Environments
    {
        get
        {
            lock (_lock) return [.. _environments.Values];
        }
    }

    /// <inheritdoc/>
    public Task<EnvironmentObservation> ReconcileAsync(EnvironmentSpec spec, CancellationToken cancellationToken) =>
        Environment(spec.EnvironmentId).ReconcileAsync(spec, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string environmentId, CancellationToken cancellationToken)
    {
        var environment = Environment(environmentId);
        if (!await environment.RemoveAsync(cancellationToken)) return false;
        lock (_lock) _environments.Remove(environmentId);
        environment.Dispose();
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(string environmentId)
    {
        LocalEnvironment? environment;
        lock (_lock)
        {
            if (!_environments.Remove(environmentId, out environment)) return;
        }

        await environment.ReleaseAsync();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> WatchAsync(CancellationToken cancellationToken) => _services.Changes.WatchAsync(cancellationToken);

    /// <summary>Looks after one environment between calls and tells of what changed.</summary>
    public async Task SuperviseAsync(LocalEnvironment environment, CancellationToken cancellationToken)
    {
        if (await environment.SuperviseAsync(cancellationToken)) _services.Changes.Publish(environment.Id);
    }

    /// <summary>Lets go of all servers; they go on.</summary>
    public void Dispose()
    {
        foreach (var environment in Environments) environment.Dispose();
    }

    private LocalEnvironment Environment(string id)
    {
        lock (_lock)
        {
            if (_environments.TryGetValue(id, out var known)) return known;
            _found.Remove(id, out var found);
            return _environments[id] = new LocalEnvironment(Folder(id), found ?? [], _services);
        }
    }

    // What was deleted under a server does not come back, and nobody may ever ask for that environment again.
    private void EndServersWithoutFolder()
    {
        foreach (var (id, servers) in _found.Where(servers => !Folder(servers.Key).Exists))
        {
            _found.Remove(id);
            foreach (var server in servers) LocalEnvironment.End(server, _services.Logger);
        }
    }

    private EnvironmentFolder Folder(string id) => new(_services.EnvironmentsFolder, id);
}
