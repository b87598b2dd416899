using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Hosting;

/// <summary>Starts and stops the grains with the application.</summary>
internal sealed partial class EmbeddedGrainHost(GrainRuntime runtime) : IHostedService
{
    private static readonly TimeSpan MaxSweepInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MinSweepInterval = TimeSpan.FromMilliseconds(10);

    private ITimer? _sweeper;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await runtime.Database.OpenAsync(cancellationToken);
        runtime.Enter(GrainRuntime.Phase.Running);
        await runtime.Reminders.StartAsync(cancellationToken);
        var shortest = TimeSpan.FromTicks(Math.Min(runtime.Options.IdleTimeout.Ticks, runtime.Options.ResponseTimeout.Ticks) / 10);
        var interval = shortest < MinSweepInterval ? MinSweepInterval : shortest > MaxSweepInterval ? MaxSweepInterval : shortest;
        _sweeper = runtime.TimeProvider.CreateTimer(_ => Sweep(), null, interval, interval);
        LogStarted(runtime.Logger, runtime.Options.DatabasePath);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(runtime.Options.ShutdownTimeout);
        runtime.Reminders.Stop();
        runtime.Enter(GrainRuntime.Phase.Stopping);
        try
        {
            await runtime.Activations.DeactivateAllAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            LogStoppedWithRunningGrains(runtime.Logger, runtime.Activations.Count);
        }
        runtime.Enter(GrainRuntime.Phase.Stopped);
        runtime.Activations.Abandon(new SiloUnavailableException("The grain host stopped before the grain answered."));
        if (_sweeper is not null) await _sweeper.DisposeAsync();
        await runtime.Database.DisposeAsync();
    }

    private void Sweep()
    {
        var now = runtime.TimeProvider.GetTimestamp();
        runtime.Activations.Sweep(now);
        runtime.Observers.Sweep(now);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Grains run in this process; state is in {Database}")]
    private static partial void LogStarted(ILogger logger, string database);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped although {Count} grains had not finished in time")]
    private static partial void LogStoppedWithRunningGrains(ILogger logger, int count);
}
