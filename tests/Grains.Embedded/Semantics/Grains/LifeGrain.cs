namespace RestateCloud.Grains.Embedded.Tests.Semantics.Grains;

/// <summary>Shows when a grain is in memory. Each instance has a number of its own.</summary>
public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> Instance();

    Task<int> Hold(string gate);

    Task<int> DeactivateAndHold(string gate);

    Task Delay(TimeSpan time);
}

/// <summary>Makes activations fail while set.</summary>
public sealed class Sabotage
{
    public volatile bool Active;
}

public sealed class LifeGrain(Journal journal, Gates gates, Sabotage sabotage) : Grain, ILifeGrain, IDisposable
{
    private static int _instances;

    private readonly int _instance = Interlocked.Increment(ref _instances);

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        sabotage.Active ? throw new PaymentRefusedException("not now") : Task.CompletedTask;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        journal.Add($"deactivate {this.GetPrimaryKeyString()} {reason.ReasonCode}");
    }

    public void Dispose() => journal.Add($"dispose {this.GetPrimaryKeyString()}");

    public Task<int> Instance() => Task.FromResult(_instance);

    public async Task<int> Hold(string gate)
    {
        await gates.PassAsync(gate);
        return _instance;
    }

    public async Task<int> DeactivateAndHold(string gate)
    {
        DeactivateOnIdle();
        await gates.PassAsync(gate);
        return _instance;
    }

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }
}
