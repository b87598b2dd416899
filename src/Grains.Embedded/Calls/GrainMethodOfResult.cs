using System.Diagnostics;
using System.Reflection;
using RestateCloud.Grains.Embedded.Copying;

namespace RestateCloud.Grains.Embedded.Calls;

/// <summary>A grain method whose callers await a <typeparamref name="TResult"/>.</summary>
internal sealed class GrainMethod<TResult>(MethodInfo method, ValueCopier? resultCopier) : GrainMethod(method)
{
    private readonly bool _returnsValueTask = method.ReturnType.IsValueType && method.ReturnType != typeof(void);
    private readonly bool _returnsVoid = method.ReturnType == typeof(void);

    public override object? Call(Reference reference, object?[] arguments)
    {
        var token = CancellationTokenIndex >= 0 ? (CancellationToken)arguments[CancellationTokenIndex]! : default;
        if (token.IsCancellationRequested) return Answer(Task.FromCanceled<TResult>(token));
        CopyArguments(arguments);
        var runtime = reference.Runtime;
        var call = new MethodCall<TResult>(this, arguments, reference)
        {
            Caller = Activity.Current?.Context ?? default,
            Deadline = runtime.DeadlineAfter(ResponseTimeout ?? runtime.Options.ResponseTimeout),
        };
        var answer = call.Send(token);
        return OneWay ? Answer(Task.FromResult(default(TResult)!)) : Answer(answer);
    }

    /// <summary>Runs the method on the target.</summary>
    public Task Start(object target, object?[] arguments)
    {
        var started = Invoke(target, arguments);
        if (_returnsVoid) return Task.CompletedTask;
        if (_returnsValueTask) return started is ValueTask task ? task.AsTask() : ((ValueTask<TResult>)started!).AsTask();
        return started as Task ?? throw new InvalidOperationException($"{Name} returned null instead of a task.");
    }

    /// <summary>The result of a finished run, copied where the grain could still change it.</summary>
    public TResult ResultOf(Task finished)
    {
        if (finished is not Task<TResult> typed) return default!;
        return resultCopier is null ? typed.Result : (TResult)resultCopier.Copy(typed.Result)!;
    }

    private object? Answer(Task<TResult> task)
    {
        if (_returnsVoid) return null;
        if (!_returnsValueTask) return task;
        return typeof(TResult) == typeof(NoResult) ? new ValueTask(task) : new ValueTask<TResult>(task);
    }
}
