using RestateCloud.Provisioning.LocalProcesses.Environments;

namespace RestateCloud.Provisioning.LocalProcesses;

/// <summary>
/// Looks after all servers while the cloud runs: notices ends within a tenth of a second, readiness within a fiftieth. It only looks and
/// tells; what is to be done about it the environment's grain decides, which is the one that knows what the environment should be.
/// </summary>
internal sealed partial class Supervisor(LocalProcessProvisioner provisioner, TimeProvider time, ILogger<Supervisor> logger)
    : BackgroundService
{
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(20);
    private readonly HashSet<string> _inHand = [];
    private readonly Lock _lock = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var busy = false;
            foreach (var environment in provisioner.Environments)
            {
                busy |= environment.IsMoving;
                if (environment.NeedsAttention) _ = SuperviseAsync(environment, stoppingToken);
            }

            await Task.Delay(busy ? Busy : Calm, time, stoppingToken);
        }
    }

    private async Task SuperviseAsync(LocalEnvironment environment, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_inHand.Add(environment.Id)) return;
        }

        try
        {
            await provisioner.SuperviseAsync(environment, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e, environment.Id);
        }
        finally
        {
            lock (_lock) _inHand.Remove(environment.Id);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Environment}: could not be looked after")]
    private static partial void LogFailed(ILogger logger, Exception exception, string environment);
}
