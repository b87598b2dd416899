using Orleans.Concurrency;

namespace RestateCloud.Grains.Embedded.Tests.Semantics.Grains;

[GenerateSerializer]
public sealed class PaymentRefusedException(string message) : Exception(message);

/// <summary>Shows how calls, answers, errors and cancellation travel.</summary>
public interface ICallGrain : IGrainWithStringKey
{
    Task<string> Key();

    ValueTask Touch();

    ValueTask<int> Twice(int number);

    Task FailAtOnce();

    Task FailLater();

    Task<string> WaitForCancellation(CancellationToken cancellationToken);

    Task Queue(CancellationToken cancellationToken);

    [OneWay]
    Task FailUnheard(string gate);

    Task<bool> AwaitsResumeInTheGrain();

    /// <summary>Calls the named grain, which calls back here.</summary>
    Task<string> CallThrough(string other);

    Task<string> CallBack(ICallGrain caller);

    [AlwaysInterleave]
    Task<string> CallThroughInterleaving(string other);

    [AlwaysInterleave]
    Task<string> KeyInterleaving();

    Task<string> CallBackInterleaving(ICallGrain caller);

    Task<string?> Ambient();

    [ResponseTimeout("00:00:00.300")]
    Task HoldWithOwnTimeout(string gate);

    Task Hold(string gate);
}

public sealed class CallGrain(Journal journal, Gates gates) : Grain, ICallGrain
{
    public static readonly AsyncLocal<string?> AmbientValue = new();

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public async ValueTask Touch() => await Task.Yield();

    public ValueTask<int> Twice(int number) => new(number * 2);

    public Task FailAtOnce() => throw new PaymentRefusedException("at once");

    public async Task FailLater()
    {
        await Task.Yield();
        throw new PaymentRefusedException("later");
    }

    public async Task<string> WaitForCancellation(CancellationToken cancellationToken)
    {
        try
        {
            await gates.PassAsync($"waiting {this.GetPrimaryKeyString()}", cancellationToken);
        }
        catch (OperationCanceledException)
        {
            journal.Add($"cancelled {this.GetPrimaryKeyString()}");
            throw;
        }
        return "not cancelled";
    }

    public Task Queue(CancellationToken cancellationToken)
    {
        journal.Add($"ran {this.GetPrimaryKeyString()}");
        return Task.CompletedTask;
    }

    public async Task FailUnheard(string gate)
    {
        await gates.PassAsync(gate);
        journal.Add("one way ran");
        throw new PaymentRefusedException("unheard");
    }

    public async Task<bool> AwaitsResumeInTheGrain()
    {
        var scheduler = TaskScheduler.Current;
        await Task.Delay(1);
        await Task.Run(() => { });
        await GrainFactory.GetGrain<ICallGrain>("another").Key();
        return TaskScheduler.Current == scheduler && scheduler != TaskScheduler.Default;
    }

    public Task<string> CallThrough(string other) => GrainFactory.GetGrain<ICallGrain>(other).CallBack(this.AsReference<ICallGrain>());

    public Task<string> CallBack(ICallGrain caller) => caller.Key();

    public Task<string> CallThroughInterleaving(string other) =>
        GrainFactory.GetGrain<ICallGrain>(other).CallBackInterleaving(this.AsReference<ICallGrain>());

    public Task<string> KeyInterleaving() => Key();

    public Task<string> CallBackInterleaving(ICallGrain caller) => caller.KeyInterleaving();

    public Task<string?> Ambient() => Task.FromResult(AmbientValue.Value);

    public Task HoldWithOwnTimeout(string gate) => gates.PassAsync(gate);

    public Task Hold(string gate) => gates.PassAsync(gate);
}
