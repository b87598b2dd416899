using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Grains.Tests.Hosting;

/// <summary>The world as a grain sees it, where a test decides what happens. (Real servers are the business of tests/EndToEnd.)</summary>
internal sealed class ScriptedProvisioner : IEnvironmentProvisioner, IEnvironmentLogs
{
    public ConcurrentDictionary<string, EnvironmentSpec> Running { get; } = new();

    /// <summary>How often an environment says that it is starting before it is ready.</summary>
    public int StepsToReady { get; set; } = 2;

    /// <summary>Thrown by every step while it is set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether servers that are told to end do so.</summary>
    public bool CanRemove { get; set; } = true;

    public IReadOnlyList<string> Versions { get; } = ["1.7.12", "1.6.2"];

    private readonly ConcurrentDictionary<string, int> _steps = new();

    public Task<EnvironmentObservation> ReconcileAsync(EnvironmentSpec spec, CancellationToken cancellationToken)
    {
        if (Failure is { } failure) throw failure;

        Running[spec.EnvironmentId] = spec;
        var step = _steps.AddOrUpdate($"{spec.EnvironmentId}/{spec.Generation}", 0, (_, n) => n + 1);
        var address = UpstreamAddress.Unix($"/run/{spec.EnvironmentId}.sock");
        return Task.FromResult(step >= StepsToReady
            ? new EnvironmentObservation(EnvironmentPhase.Ready, spec.Generation, spec.Version, address, address, "It is running.")
            : new EnvironmentObservation(EnvironmentPhase.Starting, spec.Generation, null, null, null, "It is starting."));
    }

    public Task<bool> RemoveAsync(string environmentId, CancellationToken cancellationToken)
    {
        if (!CanRemove) return Task.FromResult(false);
        Running.TryRemove(environmentId, out _);
        return Task.FromResult(true);
    }

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    public async IAsyncEnumerable<LogLine> ReadAsync(
        string environmentId, long start, long end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        for (var at = start; at < end; at++) yield return new LogLine(at, new string('x', 1_000));
    }
}
