using System.Collections.Concurrent;

namespace RestateCloud.Grains.Cluster.Tests.Calls;

/// <summary>How often each grain was called, over all silos of a test.</summary>
public sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> _calls = new();

    public int this[string grain] => _calls.GetValueOrDefault(grain);

    public void Add(string grain) => _calls.AddOrUpdate(grain, 1, (_, count) => count + 1);
}

public interface ITallyGrain : IGrainWithStringKey
{
    Task Add();

    /// <summary>Has another grain called, not this.</summary>
    Task AddAt(string other);

    /// <summary>Fails, once it was called, of a call of its own that was rejected.</summary>
    Task AddAndFail();
}

public sealed class TallyGrain(Tally tally) : Grain, ITallyGrain
{
    public Task Add()
    {
        tally.Add(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public Task AddAt(string other) => GrainFactory.GetGrain<ITallyGrain>(other).Add();

    public Task AddAndFail()
    {
        tally.Add(this.GetPrimaryKeyString());
        throw Rejections.New();
    }
}
