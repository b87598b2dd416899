using Orleans;
using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.Regions;

namespace RestateCloud.Silo.Hosting;

/// <summary>
/// Wakes every account of every region once the cloud listens, so that what was begun before a crash goes on and every environment is reachable
/// at once instead of at its next reminder. Not before: taking up many environments again would delay the first answer of the API.
/// </summary>
internal sealed partial class AccountWaker(
    IGrainFactory grains, RegionOptions regions, IHostApplicationLifetime lifetime, ILogger<AccountWaker> logger) : BackgroundService
{
    private const int AtOnce = 16;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ListeningAsync(stoppingToken);
        foreach (var region in regions.All)
        {
            var accounts = await grains.GetGrain<IRegionGrain>(region).ListAccountsAsync(stoppingToken);
            await Parallel.ForEachAsync(
                accounts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, WakeAsync);
        }
    }

    private async Task ListeningAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.UnsafeRegister(_ => started.TrySetResult(), null);
        await started.Task.WaitAsync(cancellationToken);
    }

    private async ValueTask WakeAsync(string accountId, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IAccountGrain>(accountId).WakeAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotWoken(logger, accountId, exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Account {AccountId} could not be woken; its reminders will")]
    private static partial void LogNotWoken(ILogger logger, string accountId, Exception exception);
}
