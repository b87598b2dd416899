using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace RestateCloud.Grains.Cluster.Tests.Calls;

/// <summary>Stands where calls leave a process and does to them what a silo that stops or dies does.</summary>
public sealed class Rejections : IOutgoingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> _rejected = new();
    private readonly ConcurrentDictionary<string, bool> _unanswered = new();

    /// <summary>What Orleans throws; nobody else can make one.</summary>
    public static Exception New() => (Exception)Activator.CreateInstance(
        typeof(OrleansMessageRejectionException), BindingFlags.Instance | BindingFlags.NonPublic, null, ["Silo stopping"], null)!;

    /// <summary>The next calls of a grain are rejected.</summary>
    public void Reject(string grain, int calls) => _rejected[grain] = calls;

    /// <summary>The answers of a grain get lost, as with a silo that dies before it has sent them.</summary>
    public void LoseAnswers(string grain) => _unanswered[grain] = true;

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var grain = context.TargetId.Key.ToString()!;
        if (_rejected.ContainsKey(grain) && _rejected.AddOrUpdate(grain, 0, (_, left) => left - 1) >= 0) throw New();

        await context.Invoke();
        if (_unanswered.ContainsKey(grain)) throw new SiloUnavailableException();
    }
}
