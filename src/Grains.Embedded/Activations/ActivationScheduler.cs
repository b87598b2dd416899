namespace RestateCloud.Grains.Embedded.Activations;

/// <summary>
/// Runs the tasks of one activation one at a time and in order on the thread pool. Every await inside a grain resumes here, which is what
/// makes grain code single-threaded even where requests interleave.
/// </summary>
internal sealed class ActivationScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    // After this long the rest of the queue goes behind other work of the pool, so that one busy grain does not starve others.
    private const long QuantumMilliseconds = 50;

    private readonly Queue<Task> _tasks = new();
    private bool _draining;

    public Activation Activation { get; } = activation;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>
    /// Queues work that sees none of the caller's async locals: only what the request itself carries crosses into the grain.
    /// </summary>
    public void Post(Action<object?> action, object? state)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            new Task(action, state).Start(this);
            return;
        }
        using (ExecutionContext.SuppressFlow()) new Task(action, state).Start(this);
    }

    public void Execute()
    {
        var started = Environment.TickCount64;
        while (true)
        {
            Task task;
            lock (_tasks)
            {
                if (_tasks.Count == 0)
                {
                    _draining = false;
                    return;
                }
                if (Environment.TickCount64 - started > QuantumMilliseconds) break;
                task = _tasks.Dequeue();
            }
            TryExecuteTask(task);
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override void QueueTask(Task task)
    {
        lock (_tasks)
        {
            _tasks.Enqueue(task);
            if (_draining) return;
            _draining = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    // A queued task keeps its place in the order; a new one may run at once when its creator is a turn of this activation.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_tasks) return [.. _tasks];
    }
}
