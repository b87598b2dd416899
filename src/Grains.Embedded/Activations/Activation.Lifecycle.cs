using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Calls;
using RestateCloud.Grains.Embedded.Diagnostics;

namespace RestateCloud.Grains.Embedded.Activations;

/// <content>From the first request to the last.</content>
internal sealed partial class Activation
{
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<GrainTimer> _timers = [];
    private AsyncServiceScope? _services;
    private DeactivationReason? _deactivationReason;
    private long _keepUntil;

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices =>
        _services?.ServiceProvider ?? throw new InvalidOperationException($"{GrainId} is not active.");

    public Task Deactivated => _deactivated.Task;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_stage is Stage.Deactivating or Stage.Dead) return;
            _deactivationReason ??= deactivationReason;
            if (deactivationReason.ReasonCode == DeactivationReasonCode.ShuttingDown) // A long tick must not hold up the stop.
                Scheduler.Post(static activation => ((Activation)activation!).DisposeTimers(), this);
            if (_stage == Stage.Created) Die();
            else if (_stage == Stage.Active) LeaveIfAsked(); // One that still activates looks at the reason when it has.
        }
    }

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        if (timeSpan < TimeSpan.Zero && timeSpan != Timeout.InfiniteTimeSpan) throw new ArgumentOutOfRangeException(nameof(timeSpan));
        lock (_lock) _keepUntil = timeSpan == Timeout.InfiniteTimeSpan ? long.MaxValue : Runtime.DeadlineAfter(timeSpan);
    }

    public IGrainTimer RegisterTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        if (Current != this) throw new InvalidOperationException($"Timers of {GrainId} are for its own turns only.");
        GrainTimer.Validate(options.DueTime, options.Period);
        var timer = new GrainTimer(this, callback, options.Interleave, options.KeepAlive);
        lock (_timers) _timers.Add(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        lock (_timers) _timers.Remove(timer);
    }

    private bool IsIdle(long now) =>
        _stage == Stage.Active && _running.Count == 0 && _waiting.Count == 0 && now > _keepUntil
        && Runtime.TimeProvider.GetElapsedTime(_lastUsed, now) >= Runtime.Options.IdleTimeout;

    private void Activate()
    {
        _stage = Stage.Activating;
        Scheduler.Post(static activation => _ = ((Activation)activation!).ActivateAsync(), this);
    }

    private async Task ActivateAsync()
    {
        using var timeout = new CancellationTokenSource(Runtime.Options.ActivationTimeout, Runtime.TimeProvider);
        try
        {
            using var activity = GrainTracing.StartActivation(GrainId);
            _services = Runtime.Services.CreateAsyncScope();
            var (instance, states) = _class.Create(this);
            GrainInstance = instance;
            foreach (var state in states) await state.ReadStateAsync(timeout.Token);
            await instance.OnActivateAsync(timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            LogActivationFailed(Logger, exception, GrainId);
            GrainMetrics.ActivationFailures.Add(1, GrainMetrics.TypeTag(GrainId));
            var timedOut = exception is OperationCanceledException && timeout.IsCancellationRequested;
            await LeaveAsync(timedOut
                ? new TimeoutException($"Activating {GrainId} took longer than {Runtime.Options.ActivationTimeout}.", exception)
                : exception);
            return;
        }
        GrainMetrics.Activations.Add(1, GrainMetrics.TypeTag(GrainId));
        LogActivated(Logger, GrainId);
        lock (_lock)
        {
            _stage = Stage.Active;
            _lastUsed = Runtime.TimeProvider.GetTimestamp();
            StartWaiting(); // Before leaving again: every activation gets at least one request done.
            LeaveIfAsked();
        }
    }

    // When the host stops, what it has taken is carried out here; otherwise requests that wait go to the next activation.
    private void LeaveIfAsked()
    {
        if (_deactivationReason is not { } reason) return;
        if (reason.ReasonCode == DeactivationReasonCode.ShuttingDown && _running.Count + _waiting.Count > 0) return;
        _stage = Stage.Deactivating;
        if (_running.Count == 0) PostDeactivation();
    }

    private void PostDeactivation() => Scheduler.Post(static activation => _ = ((Activation)activation!).DeactivateAsync(), this);

    private async Task DeactivateAsync()
    {
        var reason = _deactivationReason!.Value;
        DisposeTimers();
        try
        {
            using var timeout = new CancellationTokenSource(Runtime.Options.DeactivationTimeout, Runtime.TimeProvider);
            await ((IGrainBase)GrainInstance!).OnDeactivateAsync(reason, timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(Logger, exception, GrainId);
        }
        LogDeactivated(Logger, GrainId, reason.ReasonCode);
        GrainMetrics.Deactivations.Add(1, GrainMetrics.TypeTag(GrainId), new("reason", reason.ReasonCode.ToString()));
        await LeaveAsync(failure: null);
    }

    /// <summary>
    /// Frees what the activation holds and passes waiting requests on: to the next activation, or the failure to their callers.
    /// </summary>
    private async Task LeaveAsync(Exception? failure)
    {
        DisposeTimers();
        try
        {
            if (GrainInstance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else (GrainInstance as IDisposable)?.Dispose();
            if (_services is { } services) await services.DisposeAsync();
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(Logger, exception, GrainId);
        }

        GrainRequest[] left;
        lock (_lock)
        {
            left = [.. _waiting];
            _waiting.Clear();
            Die();
        }
        foreach (var request in left)
        {
            if (request.IsLocal || request.IsAnswered) continue;
            if (failure is null) Runtime.Activations.Send(GrainId, request);
            else request.Fail(failure);
        }
    }

    private void Die()
    {
        _stage = Stage.Dead;
        Runtime.Activations.Remove(this);
        _deactivated.TrySetResult();
    }

    private void DisposeTimers()
    {
        GrainTimer[] timers;
        lock (_timers) timers = [.. _timers];
        foreach (var timer in timers) timer.Dispose();
    }
}
