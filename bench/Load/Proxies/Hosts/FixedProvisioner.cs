using System.Runtime.CompilerServices;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Load.Proxies.Hosts;

/// <summary>Every environment is there already, at one address.</summary>
internal sealed class FixedProvisioner(UpstreamAddress address) : IEnvironmentProvisioner, IEnvironmentLogs
{
    public IReadOnlyList<string> Versions { get; } = ["1.7.12"];

    public Task<EnvironmentObservation> ReconcileAsync(EnvironmentSpec spec, CancellationToken cancellationToken) =>
        Task.FromResult(new EnvironmentObservation(EnvironmentPhase.Ready, spec.Generation, spec.Version, address, address, "It is ready."));

    public Task<bool> RemoveAsync(string environmentId, CancellationToken cancellationToken) => Task.FromResult(true);

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    public IAsyncEnumerable<LogLine> ReadAsync(string environmentId, long start, long end, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<LogLine>();
}
