using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Gateway.Tests.Hosting;

/// <summary>Environments whose servers are the test's own; the grains above it are the real ones.</summary>
internal sealed class TestProvisioner : IEnvironmentProvisioner, IEnvironmentLogs
{
    private readonly ConcurrentDictionary<string, EnvironmentObservation> _observations = new();
    private readonly ConcurrentDictionary<string, string> _signingKeys = new();

    /// <summary>What an environment looks like that nothing else was said of.</summary>
    public UpstreamAddress? Default { get; set; }

    public IReadOnlyList<string> Versions { get; } = ["1.7.12"];

    public void Set(string environmentId, EnvironmentPhase phase, UpstreamAddress? address, string message) =>
        _observations[environmentId] = new(phase, 0, "1.7.12", address, address, message);

    /// <summary>The protected private half of an environment's request identity.</summary>
    public string SigningKeyOf(string environmentId) => _signingKeys[environmentId];

    public Task<EnvironmentObservation> ReconcileAsync(EnvironmentSpec spec, CancellationToken cancellationToken)
    {
        _signingKeys[spec.EnvironmentId] = spec.SigningKey;
        return Task.FromResult(_observations.TryGetValue(spec.EnvironmentId, out var observation)
            ? observation with { Generation = spec.Generation }
            : new EnvironmentObservation(EnvironmentPhase.Ready, spec.Generation, spec.Version, Default, Default, "It is ready."));
    }

    public Task<bool> RemoveAsync(string environmentId, CancellationToken cancellationToken) => Task.FromResult(true);

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    public async IAsyncEnumerable<LogLine> ReadAsync(
        string environmentId, long start, long end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }
}
