using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Diagnostics;

namespace RestateCloud.Grains.Embedded.Calls;

/// <summary>One call of a method through a reference.</summary>
internal sealed class MethodCall<TResult>(GrainMethod<TResult> method, object?[] arguments, Reference reference) : GrainRequest
{
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = GrainMetrics.Timestamp();
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _registration;

    public override string Name => method.Name;

    public override bool Interleaves => method.Interleaves;

    public override bool ReadOnly => method.ReadOnly;

    public override bool IsAnswered => _answer.Task.IsCompleted;

    /// <summary>
    /// Sends the call. When <paramref name="token"/> fires the caller is answered at once and the grain's own token follows in its next
    /// turn.
    /// </summary>
    public Task<TResult> Send(CancellationToken token)
    {
        if (token.CanBeCanceled)
        {
            _cancellation = new CancellationTokenSource();
            arguments[method.CancellationTokenIndex] = _cancellation.Token;
        }
        reference.Send(this);
        if (token.CanBeCanceled)
        {
            _registration = token.UnsafeRegister(static (call, token) => ((MethodCall<TResult>)call!).Cancel(token), this);
            if (IsAnswered) _registration.Dispose();
        }
        return _answer.Task;
    }

    public override Task InvokeAsync(object target) => method.Start(target, arguments);

    public override void Succeed(Task finished)
    {
        if (_answer.TrySetResult(method.ResultOf(finished))) Answered("ok");
    }

    public override void Fail(Exception exception)
    {
        if (method.OneWay && exception is not ClientNotAvailableException)
            reference.Runtime.LogOneWayFailed(Name, reference.TargetName, exception);
        if (_answer.TrySetException(exception)) Answered("error");
        _ = _answer.Task.Exception; // A one-way caller never looks: an unobserved exception would be reported as a bug.
    }

    public override void TimeOut()
    {
        var exception = new TimeoutException($"{Name} of {reference.TargetName} did not answer in time.");
        if (_answer.TrySetException(exception)) Answered("timeout");
        _ = _answer.Task.Exception;
    }

    private void Cancel(CancellationToken token)
    {
        if (!_answer.TrySetCanceled(token)) return;
        Answered("cancelled");
        if (Activation is { } activation)
            activation.Scheduler.Post(static source => ((CancellationTokenSource)source!).Cancel(), _cancellation);
        else
            _cancellation!.Cancel();
    }

    private void Answered(string outcome)
    {
        _registration.Dispose();
        GrainMetrics.RecordCall(method.Name, outcome, _started);
    }
}
