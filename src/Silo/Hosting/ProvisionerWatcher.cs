using Orleans;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Silo.Hosting;

/// <summary>Tells an environment's grain when its provisioner saw something change that nobody asked for.</summary>
internal sealed partial class ProvisionerWatcher(
    IGrainFactory grains, IEnvironmentProvisioner provisioner, ILogger<ProvisionerWatcher> logger) : BackgroundService
{
    private const int AtOnce = 16;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        provisioner.WatchAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
        ReconcileAsync);

    private async ValueTask ReconcileAsync(string environmentId, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IEnvironmentGrain>(environmentId).ReconcileAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotTold(logger, environmentId, exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Environment {EnvironmentId} could not be told of a change; its reminder will")]
    private static partial void LogNotTold(ILogger logger, string environmentId, Exception exception);
}
