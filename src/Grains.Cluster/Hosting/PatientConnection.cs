using Microsoft.Extensions.Logging;
using Orleans;

namespace RestateCloud.Grains.Cluster.Hosting;

/// <summary>A gateway that starts before any silo waits for one instead of failing.</summary>
internal sealed partial class PatientConnection(TimeProvider time, ILogger<PatientConnection> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        LogNoSilo(logger, exception.Message);
        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "No silo answers yet: {Reason}")]
    private static partial void LogNoSilo(ILogger logger, string reason);
}
