using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Secrets;
using RestateCloud.Provisioning.LocalProcesses.Environments;
using RestateCloud.Provisioning.LocalProcesses.Servers;

namespace RestateCloud.Provisioning.LocalProcesses;

/// <summary>
/// Environments as restate-server processes of this machine. The processes do not depend on this one: they go on when it ends, and the next
/// one finds and keeps them.
/// </summary>
internal sealed class LocalProcessProvisioner : IEnvironmentProvisioner, IDisposable
{
    private readonly LocalServices _services;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LocalEnvironment> _environments = [];
    private readonly ILookup<string, ServerProcess> _found;

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
        _found = ServerScan.Find(folder).ToLookup(server => server.Mark.EnvironmentId);
        foreach (var id in EnvironmentsFolder.List(folder).Union(_found.Select(servers => servers.Key))) Environment(id);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Versions => _services.Packages.Versions;

    /// <summary>All environments that are known.</summary>
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
            var folder = new EnvironmentFolder(_services.EnvironmentsFolder, id);
            return _environments[id] = new LocalEnvironment(folder, _found[id], _services);
        }
    }
}
