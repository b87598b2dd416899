using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using RestateCloud.Grains.Embedded.Calls;
using RestateCloud.Grains.Embedded.Diagnostics;
using RestateCloud.Grains.Embedded.Hosting;

namespace RestateCloud.Grains.Embedded.Activations;

/// <summary>
/// One grain in memory: its instance, the requests that wait for it and those that run. The lock guards the queue and the stage; grain code
/// never runs under it.
/// </summary>
internal sealed partial class Activation : IGrainContext
{
    private readonly Lock _lock = new();
    private readonly List<GrainRequest> _waiting = [];
    private readonly List<GrainRequest> _running = [];
    private readonly GrainClass _class;
    private Stage _stage;
    private long _lastUsed;

    public Activation(GrainRuntime runtime, GrainId grainId)
    {
        Runtime = runtime;
        GrainId = grainId;
        Scheduler = new ActivationScheduler(this);
        _class = runtime.Classes.Get(grainId.TypeText);
        _lastUsed = runtime.TimeProvider.GetTimestamp();
    }

    private enum Stage
    {
        Created,
        Activating,
        Active,
        Deactivating,
        Dead,
    }

    /// <summary>The activation whose turn this code runs in; null outside grains.</summary>
    public static Activation? Current => (TaskScheduler.Current as ActivationScheduler)?.Activation;

    public GrainRuntime Runtime { get; }

    public GrainId GrainId { get; }

    public ActivationScheduler Scheduler { get; }

    public IGrainFactory GrainFactory => Runtime.GrainFactory;

    private ILogger Logger => Runtime.Logger;

    /// <summary>Takes a request, and activates the grain if this is the first one.</summary>
    /// <returns>False when this activation is over and the request belongs to the next.</returns>
    public bool TryEnqueue(GrainRequest request)
    {
        var full = false;
        lock (_lock)
        {
            if (_stage == Stage.Dead || (request.IsLocal && _stage == Stage.Deactivating)) return false;
            request.Activation = this;
            if (_stage == Stage.Active && MayStart(request)) Start(request);
            else if (_waiting.Count < Runtime.Options.MaxQueuedRequests) _waiting.Add(request);
            else full = true;
            if (_stage == Stage.Created) Activate();
        }
        if (full) request.Fail(new LimitExceededException($"{Runtime.Options.MaxQueuedRequests} requests wait for {GrainId}."));
        return true;
    }

    /// <summary>Answers callers whose deadline has passed, and deactivates when idle for too long.</summary>
    public void Sweep(long now)
    {
        lock (_lock)
        {
            foreach (var request in _running) Expire(request, now);
            foreach (var request in _waiting) Expire(request, now);
            _waiting.RemoveAll(request => request.IsAnswered);
            if (IsIdle(now)) Deactivate(new(DeactivationReasonCode.ActivationIdle, "No request came for the idle timeout."));
        }
    }

    /// <summary>Answers all callers, because the host cannot wait for the grain any longer.</summary>
    public void Abandon(Exception exception)
    {
        lock (_lock)
        {
            foreach (var request in _running) request.Fail(exception);
            foreach (var request in _waiting) request.Fail(exception);
            _waiting.Clear();
        }
    }

    private static void Expire(GrainRequest request, long now)
    {
        if (request.Deadline < now && !request.IsAnswered) request.TimeOut();
    }

    private bool MayStart(GrainRequest request)
    {
        if (_running.Count == 0 || request.Interleaves || _class.Reentrant) return true;
        foreach (var other in _running)
            if (!other.Interleaves && !(request.ReadOnly && other.ReadOnly)) return false;
        return true;
    }

    private void Start(GrainRequest request)
    {
        _running.Add(request);
        Scheduler.Post(static request => _ = ((GrainRequest)request!).Activation!.RunAsync((GrainRequest)request), request);
    }

    private void StartWaiting()
    {
        for (var i = 0; i < _waiting.Count;)
        {
            var request = _waiting[i];
            if (!request.IsAnswered && !MayStart(request))
            {
                i++;
                continue;
            }
            _waiting.RemoveAt(i);
            if (!request.IsAnswered) Start(request);
        }
    }

    private async Task RunAsync(GrainRequest request)
    {
        Exception? failure = null;
        Task? task = null;
        try
        {
            using var activity = GrainTracing.Start(request, GrainId);
            task = request.InvokeAsync(GrainInstance!);
            await task;
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        if (failure is InconsistentStateException { IsSourceActivation: true } stale)
        {
            stale.IsSourceActivation = false;
            Deactivate(new(DeactivationReasonCode.ApplicationError, stale, "The state was changed by someone else."));
        }
        Finish(request);
        Answer(request, task, failure);
    }

    private static void Answer(GrainRequest request, Task? task, Exception? failure)
    {
        if (failure is null)
        {
            try
            {
                request.Succeed(task!);
                return;
            }
            catch (Exception exception)
            {
                failure = exception; // The result could not be copied.
            }
        }
        request.Fail(failure);
    }

    private void Finish(GrainRequest request)
    {
        lock (_lock)
        {
            _running.Remove(request);
            if (request.KeepsAlive) _lastUsed = Runtime.TimeProvider.GetTimestamp();
            if (_stage == Stage.Active)
            {
                StartWaiting();
                LeaveIfAsked();
            }
            else if (_stage == Stage.Deactivating && _running.Count == 0)
            {
                PostDeactivation();
            }
        }
    }
}
