using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace RestateCloud.Grains.Cluster.Tests.Calls;

/// <summary>Stands where calls leave a process and does to them what a silo that stops or dies does.</summary>
public sealed class Rejections : IOutgoingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> _rejected = new();
    private readonly ConcurrentDictionary<string, Exception> _unanswered = new();

    /// <summary>What Orleans throws; nobody else can make one.</summary>
    public static Exception New(string reason = "Silo stopping ") => (Exception)Activator.CreateInstance(
        typeof(OrleansMessageRejectionException), BindingFlags.Instance | BindingFlags.NonPublic, null, [reason], null)!;

    /// <summary>The next calls of a grain are rejected.</summary>
    public void Reject(string grain, int calls) => _rejected[grain] = calls;

    /// <summary>A grain is called and its answers get lost, as with a silo that dies before it has sent them.</summary>
    public void LoseAnswers(string grain, Exception seen) => _unanswered[grain] = seen;

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var grain = context.TargetId.Key.ToString()!;
        if (_rejected.ContainsKey(grain) && _rejected.AddOrUpdate(grain, 0, (_, left) => left - 1) >= 0) throw New();

        await context.Invoke();
        if (_unanswered.TryGetValue(grain, out var seen)) throw seen;
    }
}
