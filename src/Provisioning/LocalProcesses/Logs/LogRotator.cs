namespace RestateCloud.Provisioning.LocalProcesses.Logs;

/// <summary>
/// Has the logs of all environments rotated while the cloud runs; what grows while it does not is cut up at its next start.
/// </summary>
internal sealed partial class LogRotator(LocalProcessProvisioner provisioner, TimeProvider time, ILogger<LogRotator> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var environment in provisioner.Environments)
            {
                try
                {
                    await environment.RotateLogAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    LogFailed(logger, e, environment.Id);
                }
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Environment}: its log could not be rotated")]
    private static partial void LogFailed(ILogger logger, Exception exception, string environment);
}
