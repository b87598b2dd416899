namespace RestateCloud.Grains.Provisioning;

/// <summary>
/// Brings environments into being: as local processes, or on Kubernetes. Called for one environment at a time, for many at once.
/// </summary>
public interface IEnvironmentProvisioner
{
    /// <summary>
    /// Applies what is missing of the spec and reports what is there. Never waits for readiness: returns within about a second, is called
    /// again until it reports what was asked for, and is safe to repeat after a crash at any point. The same spec against a healthy
    /// environment touches nothing.
    /// </summary>
    /// <exception cref="ProvisioningException">It cannot be done as things are; the message is for the tenant.</exception>
    Task<EnvironmentObservation> ReconcileAsync(EnvironmentSpec spec, CancellationToken cancellationToken);

    /// <summary>Takes an environment away, step by step and without waiting, as above.</summary>
    /// <returns>True once nothing of it is left.</returns>
    Task<bool> RemoveAsync(string environmentId, CancellationToken cancellationToken);

    /// <summary>
    /// Lets go of an environment, which goes on as it is: its grain leaves this silo, and the provisioner of another may be asked next. One
    /// that keeps nothing between calls has nothing to do.
    /// </summary>
    ValueTask ReleaseAsync(string environmentId) => default;

    /// <summary>Ids of environments of which something changed without being asked: a server ended, a pod became ready.</summary>
    IAsyncEnumerable<string> WatchAsync(CancellationToken cancellationToken);

    /// <summary>The restate-server versions that can be asked for, the default first.</summary>
    IReadOnlyList<string> Versions { get; }
}

/// <summary>Reads what an environment's servers have logged.</summary>
public interface IEnvironmentLogs
{
    /// <summary>Lines in time order from <paramref name="start"/> (inclusive) to <paramref name="end"/> (exclusive), both nanoseconds since 1970.</summary>
    IAsyncEnumerable<Environments.LogLine> ReadAsync(string environmentId, long start, long end, CancellationToken cancellationToken);
}

/// <summary>A provisioner's refusal; the message is for the tenant and holds no secret.</summary>
public sealed class ProvisioningException(string message, Exception? innerException = null) : Exception(message, innerException);
