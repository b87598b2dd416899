using Orleans.Concurrency;

namespace RestateCloud.Grains.Embedded.Tests.Semantics.Grains;

/// <summary>Shows which requests of one grain run together.</summary>
public interface ITurnGrain : IGrainWithStringKey
{
    Task Hold(string gate);

    [ReadOnly]
    Task HoldReading(string gate);

    [AlwaysInterleave]
    Task HoldInterleaving(string gate);

    Task<string> Echo(string text);

    /// <summary>Many awaits in a row; fails when another turn of the grain ran at the same instant.</summary>
    [AlwaysInterleave]
    Task<bool> CountWithoutLock(int times);

    Task<int> Count();
}

public sealed class TurnGrain(Gates gates) : Grain, ITurnGrain
{
    private int _count;
    private int _inside;

    public Task Hold(string gate) => gates.PassAsync(gate);

    public Task HoldReading(string gate) => gates.PassAsync(gate);

    public Task HoldInterleaving(string gate) => gates.PassAsync(gate);

    public Task<string> Echo(string text) => Task.FromResult(text);

    public async Task<bool> CountWithoutLock(int times)
    {
        var alone = true;
        for (var i = 0; i < times; i++)
        {
            alone &= Interlocked.Increment(ref _inside) == 1;
            var seen = _count;
            Thread.SpinWait(50);
            _count = seen + 1;
            Interlocked.Decrement(ref _inside);
            await Task.Yield();
        }
        return alone;
    }

    public Task<int> Count() => Task.FromResult(_count);
}

public interface IReentrantTurnGrain : IGrainWithStringKey
{
    Task Hold(string gate);

    Task<string> Echo(string text);
}

[Reentrant]
public sealed class ReentrantTurnGrain(Gates gates) : Grain, IReentrantTurnGrain
{
    public Task Hold(string gate) => gates.PassAsync(gate);

    public Task<string> Echo(string text) => Task.FromResult(text);
}
