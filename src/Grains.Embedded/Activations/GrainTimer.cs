using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Calls;

namespace RestateCloud.Grains.Embedded.Activations;

/// <summary>A timer of one activation: each tick is a request to it, and the next is set when the last has ended.</summary>
internal sealed partial class GrainTimer : IGrainTimer
{
    private const uint MaxMilliseconds = 0xfffffffe; // System.Threading.Timer's own limit.

    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly bool _interleave;
    private readonly bool _keepAlive;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private TimeSpan? _changedDueTime;
    private bool _ticking;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, bool interleave, bool keepAlive)
    {
        _activation = activation;
        _callback = callback;
        _interleave = interleave;
        _keepAlive = keepAlive;
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            _timer = activation.Runtime.TimeProvider.CreateTimer(
                static timer => ((GrainTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public static void Validate(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((long)dueTime.TotalMilliseconds, -1, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)dueTime.TotalMilliseconds, MaxMilliseconds, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfLessThan((long)period.TotalMilliseconds, -1, nameof(period));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)period.TotalMilliseconds, MaxMilliseconds, nameof(period));
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, period);
        lock (_lock)
        {
            _period = period;
            if (_ticking) _changedDueTime = dueTime;
            else Schedule(dueTime);
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _timer.Dispose();
        _activation.Forget(this);
    }

    private void Fire()
    {
        lock (_lock)
        {
            if (_ticking || _disposed.IsCancellationRequested) return;
            _ticking = true;
            _changedDueTime = null;
        }
        _activation.TryEnqueue(new Tick(this));
    }

    private void EndTick(Exception? failure)
    {
        if (failure is not null && !(failure is OperationCanceledException && _disposed.IsCancellationRequested))
            LogTickFailed(_activation.Runtime.Logger, failure, _activation.GrainId);
        lock (_lock)
        {
            _ticking = false;
            if (!_disposed.IsCancellationRequested) Schedule(_changedDueTime ?? _period);
        }
    }

    private void Schedule(TimeSpan dueTime)
    {
        try
        {
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // Disposed by another turn in the meantime.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A timer tick of {Grain} failed; the timer goes on")]
    private static partial void LogTickFailed(ILogger logger, Exception exception, GrainId grain);

    private sealed class Tick(GrainTimer timer) : GrainRequest
    {
        private bool _ended;

        public override string Name => "IGrainTimer.Tick";

        public override bool Interleaves => timer._interleave;

        public override bool KeepsAlive => timer._keepAlive;

        public override bool IsLocal => true;

        public override bool IsAnswered => _ended;

        public override Task InvokeAsync(object target) =>
            timer._disposed.IsCancellationRequested ? Task.CompletedTask : timer._callback(timer._disposed.Token);

        public override void Succeed(Task finished) => End(null);

        public override void Fail(Exception exception) => End(exception);

        public override void TimeOut()
        {
        }

        private void End(Exception? failure)
        {
            _ended = true;
            timer.EndTick(failure);
        }
    }
}
