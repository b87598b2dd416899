using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Tests.Semantics.Grains;

public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Ticks every 20 ms and writes "tick name" into the journal.</summary>
    Task Start(string name, bool interleave = false, bool keepAlive = false);

    Task StartFailing(string name);

    Task StartOnce(string name);

    /// <summary>A tick that waits at the gate "name"; its token's end is written as "ended name".</summary>
    Task StartHolding(string name);

    Task ChangeTo(TimeSpan dueTime, TimeSpan period);

    Task Stop();

    Task Hold(string gate);

    Task Deactivate();

    Task<bool> RefusesNegativePeriod();
}

public sealed class TimerGrain(Journal journal, Gates gates) : Grain, ITimerGrain
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private IGrainTimer? _timer;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Add($"deactivate {this.GetPrimaryKeyString()}");
        return Task.CompletedTask;
    }

    public Task Start(string name, bool interleave, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                journal.Add($"tick {name}");
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions { DueTime = Period, Period = Period, Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StartFailing(string name)
    {
        _timer = this.RegisterGrainTimer(
            (state, _) =>
            {
                journal.Add($"tick {state}");
                throw new InvalidOperationException("A tick fails.");
            },
            name,
            TimeSpan.Zero,
            Period);
        return Task.CompletedTask;
    }

    public Task StartOnce(string name)
    {
        _timer = this.RegisterGrainTimer(
            state =>
            {
                journal.Add($"tick {state}");
                return Task.CompletedTask;
            },
            name,
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StartHolding(string name)
    {
        _timer = this.RegisterGrainTimer(
            async cancellationToken =>
            {
                try
                {
                    await gates.PassAsync(name, cancellationToken);
                }
                finally
                {
                    journal.Add($"ended {name}");
                }
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, Period) { Interleave = true });
        return Task.CompletedTask;
    }

    public Task ChangeTo(TimeSpan dueTime, TimeSpan period)
    {
        _timer!.Change(dueTime, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task Hold(string gate) => gates.PassAsync(gate);

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<bool> RefusesNegativePeriod()
    {
        try
        {
            this.RegisterGrainTimer(() => Task.CompletedTask, TimeSpan.Zero, TimeSpan.FromSeconds(-5));
            return Task.FromResult(false);
        }
        catch (ArgumentOutOfRangeException)
        {
            return Task.FromResult(true);
        }
    }
}
