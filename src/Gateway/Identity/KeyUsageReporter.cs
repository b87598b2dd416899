using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RestateCloud.Grains.ApiKeys;

namespace RestateCloud.Gateway.Identity;

/// <summary>Tells grains which keys are in use, at most once a minute a key and off the request's path. Losing a report loses a minute.</summary>
internal sealed partial class KeyUsageReporter(IGrainFactory grains, TimeProvider clock, ILogger<KeyUsageReporter> logger) : BackgroundService
{
    private const int QueueLength = 1024;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Channel<string> _used = Channel.CreateBounded<string>(
        new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <param name="key">What was presented.</param>
    /// <param name="now">The time, which the caller has looked up already.</param>
    public void Used(KnownApiKey key, DateTimeOffset now)
    {
        if (key.TryBeginReport(now, Period)) _used.Writer.TryWrite(key.Record.KeyId);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var keyId in _used.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                timeout.CancelAfter(Timeout);
                await grains.GetGrain<IApiKeyGrain>(keyId).MarkUsedAsync(clock.GetUtcNow(), timeout.Token).WaitAsync(timeout.Token);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotReported(keyId, e);
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "The use of {KeyId} could not be reported")]
    private partial void LogNotReported(string keyId, Exception exception);
}
