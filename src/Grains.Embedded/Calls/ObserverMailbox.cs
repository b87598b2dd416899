using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Calls;

/// <summary>Calls of one observer, carried out one at a time and in order on the thread pool. The observer itself is held weakly.</summary>
internal sealed class ObserverMailbox(object observer, int capacity) : IThreadPoolWorkItem
{
    private readonly WeakReference _observer = new(observer);
    private readonly Queue<GrainRequest> _waiting = new();
    private GrainRequest? _running;
    private bool _pumping;
    private bool _closed;

    public string Name { get; } = $"observer {observer.GetType().Name}";

    /// <summary>Whether calls can no longer reach the observer.</summary>
    public bool IsGone => _closed || !_observer.IsAlive;

    public void Send(GrainRequest request)
    {
        Exception? refusal = null;
        lock (_waiting)
        {
            if (IsGone) refusal = Gone();
            else if (_waiting.Count >= capacity) refusal = new LimitExceededException($"{capacity} calls wait for {Name}.");
            else _waiting.Enqueue(request);
            if (refusal is null)
            {
                if (_pumping) return;
                _pumping = true;
            }
        }
        if (refusal is null) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else request.Fail(refusal);
    }

    public void Close()
    {
        lock (_waiting) _closed = true;
    }

    /// <summary>Answers callers whose deadline has passed.</summary>
    public void Expire(long now)
    {
        lock (_waiting)
        {
            foreach (var request in _waiting)
                if (request.Deadline < now && !request.IsAnswered) request.TimeOut();
            if (_running is { IsAnswered: false } running && running.Deadline < now) running.TimeOut();
        }
    }

    public void Execute() => _ = PumpAsync();

    private async Task PumpAsync()
    {
        while (Next() is { } request)
        {
            if (request.IsAnswered) continue;
            if (_closed || _observer.Target is not { } target)
            {
                request.Fail(Gone());
                continue;
            }
            try
            {
                var task = request.InvokeAsync(target);
                await task;
                request.Succeed(task);
            }
            catch (Exception exception)
            {
                request.Fail(exception);
            }
        }
    }

    private GrainRequest? Next()
    {
        lock (_waiting)
        {
            if (!_waiting.TryDequeue(out _running)) _pumping = false;
            return _running;
        }
    }

    private ClientNotAvailableException Gone() => new($"{Name} was deleted or collected.");
}
