namespace RestateCloud.Grains.Embedded.Tests.Hosts;

/// <summary>The system's clock and timers, with jumps: a jump makes every timer that is due fire now.</summary>
internal sealed class MovableClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<MovableTimer> _timers = [];
    private TimeSpan _moved;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Moved;

    private TimeSpan Moved
    {
        get { lock (_lock) return _moved; }
    }

    public void Advance(TimeSpan time)
    {
        MovableTimer[] timers;
        lock (_lock)
        {
            _moved += time;
            timers = [.. _timers];
        }
        foreach (var timer in timers) timer.Advance(time);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MovableTimer(this, callback, state, dueTime, period);
        lock (_lock) _timers.Add(timer);
        return timer;
    }

    private sealed class MovableTimer : ITimer
    {
        private readonly MovableClock _clock;
        private readonly ITimer _timer;
        private TimeSpan _period;
        private DateTimeOffset? _due;

        public MovableTimer(MovableClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _clock = clock;
            _timer = System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : System.GetUtcNow() + dueTime;
            _period = period;
            return _timer.Change(dueTime, period);
        }

        public void Advance(TimeSpan time)
        {
            if (_due is not { } due) return;
            var left = due - time - System.GetUtcNow();
            _due = due - time;
            _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, _period);
        }

        public void Dispose()
        {
            lock (_clock._lock) _clock._timers.Remove(this);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
